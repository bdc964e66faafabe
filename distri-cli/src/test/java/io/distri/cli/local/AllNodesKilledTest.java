package io.distri.cli.local;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Real nodes with data directories, all killed at once in the middle of writes, again and again.
 * {@code -Dkills=20} does it more often.
 */
@Tag("processes")
@Tag("proof")
class AllNodesKilledTest {
  private static final int KILLS = Integer.getInteger("kills", 10);

  @Test
  void no_acknowledged_write_is_lost_when_all_nodes_are_killed_at_once() throws Exception {
    try (LocalCluster cluster = LocalCluster.startDurable(FreePorts.anywhere(3));
        CountingWriters writers = new CountingWriters(cluster, 0)) {
      for (int kill = 0; kill < KILLS; kill++) {
        writers.awaitMore(500);
        for (int node = 0; node < cluster.size(); node++) {
          cluster.kill(node);
        }
        Map<String, Integer> before = writers.acknowledged();
        for (int node = 0; node < cluster.size(); node++) {
          cluster.revive(node);
        }
        cluster.awaitAllUp();
        writers.awaitNoneLost(before);
      }
      System.out.printf(
          "%d writes acknowledged, all %d nodes killed %d times, 0 lost%n",
          writers.count(), cluster.size(), KILLS);
    }
  }
}
