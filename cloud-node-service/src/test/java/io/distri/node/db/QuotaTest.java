package io.distri.node.db;

import static io.distri.node.db.Nodes.CATALOG;
import static io.distri.node.db.Nodes.add;
import static io.distri.node.db.Nodes.delete;
import static io.distri.node.db.Nodes.document;
import static io.distri.node.db.Nodes.node;
import static io.distri.node.db.Nodes.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Isolated("it looks at what the process prints")
@ExtendWith(OutputCaptureExtension.class)
class QuotaTest {
  private static final String LARGE = "'text':'" + "x".repeat(2_000) + "'}";

  private final Replica small =
      new Replica(
          1,
          new HlcClock(() -> Nodes.NOON),
          () -> "unused",
          List.of(CATALOG),
          Journal.NONE,
          new Quota(10_500));

  @Test
  void what_makes_a_full_DB_larger_is_refused_and_what_makes_it_smaller_is_not(
      CapturedOutput output) {
    assertThat(fill()).isEqualTo(3);
    assertThat(output).contains("writes that make it larger are refused beyond that");

    assertThat(small.createCollection("one-more", null)).isInstanceOf(CreateOutcome.Created.class);
    assertThat(small.createCollection("and-another", null)).isEqualTo(new Refusal.DbFull());
    assertThat(add(small, "{'UUID':'0'," + LARGE)).isInstanceOf(WriteOutcome.Existing.class);
    assertThat(update(small, "{'UUID':'0'," + LARGE.replace('x', 'y'))).isInstanceOf(Written.class);
    Document larger = document("{'UUID':'0','more':'" + "x".repeat(500) + "'," + LARGE);
    assertThat(small.update(CATALOG, larger, null, null)).isEqualTo(new Refusal.DbFull());
    assertThat(delete(small, "{'UUID':'1'}")).isInstanceOf(DeleteOutcome.Deleted.class);
    assertThat(add(small, "{'UUID':'new'}")).isInstanceOf(Written.class);
  }

  @Test
  void what_others_acknowledged_is_taken_up_to_the_reserve() {
    fill();
    Replica other = node(2);
    add(other, "{'UUID':'theirs'," + LARGE);
    assertThat(take(other)).isInstanceOf(ApplyOutcome.Applied.class);
    assertThat(small.usedBytes()).isGreaterThan(small.maxBytes());

    add(other, "{'UUID':'theirs as well'," + LARGE);
    long used = small.usedBytes();
    assertThatThrownBy(() -> take(other)).isInstanceOf(StorageException.class);
    assertThat(small.usedBytes()).isEqualTo(used);

    delete(other, "{'UUID':'theirs as well'}");
    assertThat(take(other)).isInstanceOf(ApplyOutcome.Applied.class);
  }

  private int fill() {
    int added = 0;
    while (add(small, "{'UUID':'" + added + "'," + LARGE) instanceof Written) {
      added++;
    }
    return added;
  }

  private ApplyOutcome take(Replica other) {
    return small.apply(other.delta(small.version()).pages().next());
  }
}
