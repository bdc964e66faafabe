package io.distri.node.db.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.db.Coverage;
import io.distri.node.db.Document;
import io.distri.node.db.HlcClock;
import io.distri.node.db.Journal;
import io.distri.node.db.Quota;
import io.distri.node.db.Replica;
import io.distri.node.db.filter.Filter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Isolated("it looks at the whole process")
@ExtendWith(OutputCaptureExtension.class)
class DbMetricsTest {
  private final Replica documents = replica(Long.MAX_VALUE / 2);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void documents_and_deletions_are_counted_until_they_are_forgotten() {
    new DbMetrics(documents).bindTo(meters);
    add("x");
    add("y");
    documents.delete("catalog", Filter.uuid("y"), null);

    assertThat(value("distri.db.documents")).isEqualTo(1);
    assertThat(value("distri.db.tombstones")).isEqualTo(1);
    assertThat(value("distri.db.actors.recent")).isEqualTo(1);
    documents.settle(documents.version().all());
    assertThat(value("distri.db.tombstones")).isZero();
    assertThat(value("distri.db.actors.recent")).isZero();
    assertThat(value("distri.db.actors.folded")).isEqualTo(1);
  }

  @Test
  void four_fifths_of_the_quota_are_crowded() {
    Replica small = replica(10_000);
    new DbMetrics(small).bindTo(meters);
    String large = "{\"UUID\":\"%s\",\"text\":\"" + "x".repeat(2_000) + "\"}";
    for (int i = 0; i < 3; i++) {
      assertThat(value("distri.db.crowded")).isZero();
      small.add("catalog", Document.parse(large.formatted(i).getBytes(UTF_8)), null);
    }

    assertThat(value("distri.db.crowded")).isEqualTo(1);
    assertThat(value("distri.db.used")).isBetween(8_000.0, 10_000.0);
    assertThat(value("distri.db.max")).isEqualTo(10_000);
  }

  @Test
  void more_than_100_000_documents_are_crowded() {
    new DbMetrics(documents).bindTo(meters);
    for (int i = 0; i < 100_000; i++) {
      add("y" + i);
    }
    assertThat(value("distri.db.crowded")).isZero();
    add("one more");

    assertThat(value("distri.db.crowded")).isEqualTo(1);
  }

  @Test
  void versions_written_at_the_same_time_are_counted_and_more_than_8_are_logged(
      CapturedOutput output) {
    new DbMetrics(documents).bindTo(meters);
    write(documents, "x");
    for (int other = 0; other < 8; other++) {
      merge(other);
    }
    assertThat(value("distri.db.siblings.most")).isEqualTo(8);
    assertThat(value("distri.db.conflicted")).isEqualTo(1);
    assertThat(output).doesNotContain("at the same time");
    merge(8);

    assertThat(value("distri.db.siblings.most")).isEqualTo(9);
    assertThat(output).contains("a document has 10 versions");
  }

  /** Takes in what another node wrote to the document without knowing of the other versions. */
  private void merge(int other) {
    Replica writer =
        new Replica(
            100 + other, new HlcClock(() -> 1), () -> "unused", List.of("catalog"), Journal.NONE);
    write(writer, "x");
    writer.delta(Coverage.NOTHING).pages().forEachRemaining(documents::apply);
  }

  private static Replica replica(long maxBytes) {
    return new Replica(
        1,
        new HlcClock(() -> 1),
        () -> "unused",
        List.of("catalog"),
        Journal.NONE,
        new Quota(maxBytes));
  }

  private static void write(Replica node, String uuid) {
    node.update("catalog", document(uuid), null, null);
  }

  private static Document document(String uuid) {
    return Document.parse(("{\"UUID\":\"" + uuid + "\"}").getBytes(UTF_8));
  }

  private void add(String uuid) {
    documents.add("catalog", document(uuid), null);
  }

  private double value(String gauge) {
    return meters.get(gauge).gauge().value();
  }
}
