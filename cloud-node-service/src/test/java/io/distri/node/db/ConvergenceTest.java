package io.distri.node.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.db.SimulatedCluster.Faults;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the network did, all nodes end with what was acknowledged; and if not, we notice. */
class ConvergenceTest {
  private static final int STEPS = 150;

  @ParameterizedTest
  @MethodSource("seeds")
  void every_node_ends_with_exactly_what_was_acknowledged(long seed) {
    SimulatedCluster cluster = new SimulatedCluster(seed, Faults.NONE);
    cluster.run(STEPS);
    cluster.heal();

    Snapshot first = cluster.nodes.getFirst().snapshot();
    assertThat(cluster.ledger.objections(first)).isEmpty();
    for (Replica node : cluster.nodes) {
      assertThat(node.snapshot().version()).isEqualTo(first.version());
      assertThat(node.snapshot().collections()).isEqualTo(first.collections());
      assertThat(node.snapshot().live()).isEqualTo(first.live());
    }
  }

  @Test
  void a_vector_adopted_before_the_last_page_is_noticed() {
    assertThat(objections(new Faults(true, false, false))).isNotEmpty();
  }

  @Test
  void a_push_that_joins_over_a_gap_is_noticed() {
    assertThat(objections(new Faults(false, true, false))).isNotEmpty();
  }

  @Test
  void a_retry_that_counts_as_another_write_is_noticed() {
    assertThat(objections(new Faults(false, false, true))).isNotEmpty();
  }

  static Stream<Long> seeds() {
    return LongStream.range(0, 300).boxed();
  }

  /**
   * What the ledger says of the first node within the first seeds; the faults are known to show.
   */
  private static List<String> objections(Faults faults) {
    return LongStream.range(0, 200)
        .mapToObj(seed -> {
          SimulatedCluster cluster = new SimulatedCluster(seed, faults);
          cluster.run(STEPS);
          cluster.heal();
          return cluster.ledger.objections(cluster.nodes.getFirst().snapshot());
        })
        .filter(objections -> !objections.isEmpty())
        .findFirst()
        .orElse(List.of());
  }
}
