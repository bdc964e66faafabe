package io.distri.node.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Simulated clusters under every fault that the DB promises to survive. One seed gives one history,
 * always the same: {@code -Dseeds=N} runs seeds 0 to N-1, {@code -Dseed=N} one of them.
 */
@Tag("volume")
class FaultyClusterTest {
  private static final int SEEDS = Integer.getInteger("seeds", 200);

  /** A mistake that isn't noticed by then would hardly be noticed at all. */
  private static final int SEEDS_FOR_A_MISTAKE = 200;

  @Test
  void no_acknowledged_write_is_lost_and_all_nodes_agree_in_the_end() {
    Long only = Long.getLong("seed");
    LongStream seeds = only == null ? LongStream.range(0, SEEDS) : LongStream.of(only);
    long[] counts = new long[9];
    seeds.forEach(seed -> {
      FaultyCluster cluster = new FaultyCluster(seed, Mistake.NONE);
      List<String> objections = objections(cluster, seed);
      if (!objections.isEmpty()) {
        fail(
            "seed %d: %s%nRun it again: ./mvnw -pl cloud-node-service -am test -Dtest=FaultyClusterTest -Dsurefire.failIfNoSpecifiedTests=false -Dseed=%d"
                .formatted(seed, String.join("\n", objections), seed));
      }
      counts[0]++;
      counts[1] += cluster.history().acknowledgedCount();
      counts[2] += cluster.history().readCount();
      counts[3] += cluster.folded();
      counts[4] += cluster.forgotten();
      counts[5] += cluster.anewStarts();
      counts[6] += cluster.changes().joins();
      counts[7] += cluster.changes().leaves();
      counts[8] += cluster.changes().evictions();
    });
    System.out.printf(
        "%d histories, %d acknowledged writes, %d reads, %d writes folded, %d deletions forgotten, %d starts anew, %d nodes joined, %d left, %d evicted, 0 violations%n",
        counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], counts[7],
        counts[8]);
    assertThat(counts[1]).isGreaterThan(10 * counts[0]);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void a_mistake_is_noticed(Mistake mistake) {
    long seed = 0;
    while (seed < SEEDS_FOR_A_MISTAKE
        && objections(new FaultyCluster(seed, mistake), seed).isEmpty()) {
      seed++;
    }
    System.out.printf("%s is noticed at seed %d%n", mistake, seed);
    assertThat(seed).isLessThan(SEEDS_FOR_A_MISTAKE);
  }

  private static List<String> objections(FaultyCluster cluster, long seed) {
    try {
      return cluster.objections();
    } catch (RuntimeException broken) {
      return List.of("seed " + seed + " ended in " + broken);
    }
  }
}
