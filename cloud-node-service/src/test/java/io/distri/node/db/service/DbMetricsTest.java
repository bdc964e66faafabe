package io.distri.node.db.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.db.Document;
import io.distri.node.db.HlcClock;
import io.distri.node.db.Journal;
import io.distri.node.db.Replica;
import io.distri.node.db.filter.Filter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DbMetricsTest {
  private final Replica documents =
      new Replica(1, new HlcClock(() -> 1), () -> "unused", List.of("catalog"), Journal.NONE);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void documents_and_deletions_are_counted_until_they_are_forgotten() {
    new DbMetrics(documents, 1 << 30).bindTo(meters);
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
  void a_quarter_of_the_heap_is_crowded() {
    new DbMetrics(documents, 10_000).bindTo(meters);
    add("x");
    assertThat(value("distri.db.crowded")).isZero();
    for (int i = 0; i < 4; i++) {
      add("y" + i);
    }

    assertThat(value("distri.db.crowded")).isEqualTo(1);
  }

  private void add(String uuid) {
    byte[] json = ("{\"UUID\":\"" + uuid + "\"}").getBytes(StandardCharsets.UTF_8);
    documents.add("catalog", Document.parse(json), null);
  }

  private double value(String gauge) {
    return meters.get(gauge).gauge().value();
  }
}
