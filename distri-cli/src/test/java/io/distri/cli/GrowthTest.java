package io.distri.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.distri.cli.local.Callers;
import io.distri.cli.local.FreePorts;
import io.distri.cli.local.Home;
import io.distri.cli.local.LocalCluster;
import io.distri.client.DistriClient;
import io.distri.protocol.HostPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A cluster grows and shrinks while callers seal photos and write documents, and none of them
 * notices. To three nodes; {@code -Dgrowth.nodes=7} says to how many.
 */
@Tag("processes")
@Tag("volume")
class GrowthTest {
  private static final int NODES = Integer.getInteger("growth.nodes", 3);
  private static final int CALLERS = 4;
  private static final int CALLS_EACH_TIME = 40;

  @TempDir Path directory;

  private final List<ConfigurableApplicationContext> newcomers = new ArrayList<>();

  @AfterEach
  void closeNodes() {
    newcomers.forEach(ConfigurableApplicationContext::close);
  }

  @Test
  void nodes_come_and_go_under_load_without_a_failed_call() throws Exception {
    Cli cli = new Cli(directory);
    Home home = new Home(directory);
    List<HostPort> addresses = FreePorts.anywhere(NODES);
    HostPort first = addresses.get(0);
    try (LocalCluster cluster = LocalCluster.start(home, addresses.subList(0, 1));
        DistriClient client =
            DistriClient.builder().nodes(first.toString()).deadline(Callers.PATIENCE).build();
        Callers callers = new Callers(client, CALLERS)) {
      for (HostPort newcomer : addresses.subList(1, NODES)) {
        newcomers.add(NodeProgram.start(home, List.of(newcomer, first), List.of()).orElseThrow());
        awaitUp(client, newcomers.size() + 1);
        callers.awaitMore(CALLS_EACH_TIME);
      }
      assertThat(client.collectStats())
          .as("newcomers are elected as well")
          .allMatch(stats -> stats.completedTasks() > 0);
      for (int i = NODES - 1; i > 0; i--) {
        ConfigurableApplicationContext leaver = newcomers.get(i - 1);
        assertThat(cli.run("leave", "--ips", addresses.get(i).toString()).code()).isZero();
        await().atMost(Callers.PATIENCE).until(() -> !leaver.isActive());
        callers.awaitMore(CALLS_EACH_TIME);
      }
      callers.stopAndCheck(cluster.endpoints());
      assertThat(cluster.isAlive(0)).isTrue();
    }
  }

  private static void awaitUp(DistriClient client, int count) {
    await().atMost(Callers.PATIENCE).until(() -> client.collectStats().size() == count);
  }
}
