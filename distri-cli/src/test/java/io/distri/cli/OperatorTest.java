package io.distri.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.distri.cli.Cli.Result;
import io.distri.cli.local.FreePorts;
import io.distri.cli.local.Home;
import io.distri.cli.local.LocalCluster;
import io.distri.protocol.HostPort;
import io.distri.protocol.identity.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** An operator grows and shrinks a cluster of processes from the command line. */
class OperatorTest {

  @TempDir Path directory;

  @Test
  void a_cluster_grows_by_a_token_and_shrinks_by_leave_and_evict() {
    Cli cli = new Cli(directory.resolve("here"));
    List<HostPort> addresses = FreePorts.anywhere(3);
    String first = addresses.get(0).toString();
    try (LocalCluster cluster =
        LocalCluster.start(new Home(directory.resolve("here")), addresses.subList(0, 2))) {
      assertThat(table(cli, first).lines()).hasSize(3).allMatch(line -> !line.contains("joining"));

      Result token = cli.run("token", "create", "--ips", first);
      assertThat(token.out()).startsWith("distri-join-");
      assertThat(token.err()).contains("for 15 minutes");

      // Another machine: a home of its own, with another cluster's secret.
      Home there = new Home(directory.resolve("there"));
      try (ConfigurableApplicationContext newcomer =
          NodeProgram.start(
                  there,
                  List.of(addresses.get(2), addresses.get(0)),
                  List.of("--distri.node.join.token=" + token.out().strip()))
              .orElseThrow()) {
        String id = Identity.loadOrCreate(there.identityDirectory(addresses.get(2))).id();
        assertThat(cli.run("server", "--show-id", "--ips", first).out()).hasSize(65);
        awaitState(cli, first, "up", id);
        assertThat(cli.run("whitelist", "list", "--ips", first).out()).contains(id + "  node");

        assertThat(cli.run("leave", "--ips", addresses.get(1).toString()).code()).isZero();
        await().atMost(Duration.ofMinutes(5)).until(() -> !cluster.isAlive(1));
        assertThat(table(cli, first)).contains("left");

        assertThat(cli.run("evict", id, "--ips", first).out()).contains("Evicted " + id);
        assertThat(table(cli, first)).doesNotContain(id);
        Result back = cli.run("whitelist", "add", id, "--ips", first);
        assertThat(back.code()).isEqualTo(1);
        assertThat(back.err()).contains("evicted");
        assertThat(newcomer.isActive()).isTrue();
      }
    }
  }

  @Test
  void mistakes_are_told_in_a_line() {
    Cli cli = new Cli(directory);
    assertThat(cli.run("whitelist", "add", "--ips", "127.0.0.1:1").code()).isEqualTo(2);
    assertThat(cli.run("token", "burn", "--ips", "127.0.0.1:1").code()).isEqualTo(2);
    Result nobody = cli.run("nodes", "--ips", "127.0.0.1:1");
    assertThat(nobody.code()).isEqualTo(1);
    assertThat(nobody.err().lines()).hasSize(1);
    assertThat(nobody.err()).contains("Node 127.0.0.1:1 could not be asked");
  }

  private static String table(Cli cli, String node) {
    Result nodes = cli.run("nodes", "--ips", node);
    assertThat(nodes.code()).as(nodes.err()).isZero();
    return nodes.out();
  }

  private static void awaitState(Cli cli, String node, String state, String id) {
    await()
        .atMost(Duration.ofMinutes(5))
        .until(() ->
            table(cli, node)
                .lines()
                .anyMatch(line -> line.contains(id) && line.contains("  " + state + "  ")));
  }
}
