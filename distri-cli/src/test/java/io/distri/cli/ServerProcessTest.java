package io.distri.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.Cli.Result;
import io.distri.cli.local.FreePorts;
import io.distri.cli.local.LocalCluster;
import io.distri.protocol.HostPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on real processes of nodes. */
@Tag("processes")
class ServerProcessTest {

  @TempDir Path directory;

  @Test
  void a_server_says_where_it_is_and_ends_with_the_process_that_started_it() throws Exception {
    HostPort address = FreePorts.anywhere(1).get(0);
    Process server = server("--stop-at-end-of-input", "--ips", address.toString());
    try (BufferedReader out = server.inputReader(UTF_8)) {
      assertThat(out.readLine())
          .matches("Node [0-9a-f]{12} is up: http://" + address + " \\(Ctrl-C stops it\\)");
      server.getOutputStream().close();
      assertThat(server.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(out.readLine()).as("what it says at its end").isNull();
    } finally {
      server.destroyForcibly();
    }
    assertThat(errors()).isEmpty();
    assertThat(directory.resolve("cluster-secret")).exists();
    assertThat(directory.resolve("age-identity.txt")).exists();
  }

  @Test
  void a_port_in_use_is_told_in_a_line_without_a_stack_trace() throws Exception {
    HostPort address = FreePorts.anywhere(1).get(0);
    try (ServerSocket taken =
        new ServerSocket(address.port(), 1, InetAddress.getByName(address.host()))) {
      assertStartFails(
          List.of("--ips", address.toString()), Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  void a_bad_property_is_named() throws Exception {
    HostPort address = FreePorts.anywhere(1).get(0);
    assertStartFails(
        List.of("--ips", address.toString(), "--distri.node.encrypt.recipients=nobody"),
        "distri.node.encrypt.recipients");
  }

  @Test
  void the_original_example_runs_and_reports_as_it_did() throws Exception {
    try (LocalCluster cluster = LocalCluster.startForNow(FreePorts.anywhere(1))) {
      String address = cluster.addresses().get(0).toString();
      Cli cli = new Cli(directory);

      Result client = cli.run("client", "--report", "--ips", address);
      assertThat(client.err()).isEmpty();
      assertThat(client.code()).isZero();
      assertThat(client.out().lines().filter(line -> line.startsWith("Encrypt on"))).hasSize(10);
      assertThat(client.out())
          .contains(
              "AddDocument on " + address,
              "UpdateDocument on " + address,
              "ReadCollection on " + address,
              "Received response from " + address + ": Server Stats:",
              "DB Data: catalog: 1 entries",
              "Test completed: Total failed tasks: 0",
              "Avg response time: ");

      Result stats = cli.run("stats", "--ips", address + ",127.0.0.1:1");
      assertThat(stats.out())
          .contains("Received response from " + address, "No response from 127.0.0.1:1");
      assertThat(stats.code()).as("a node was silent").isEqualTo(1);

      Path results = directory.resolve("results");
      for (String kind : List.of("encrypt", "db")) {
        String test = "load-test " + kind + " --warm-up 8 --ips " + address + " --out " + results;
        assertClean(cli, test + " --clients 2,3");
        assertThat(Files.readAllLines(results.resolve(kind + ".csv"))).hasSize(3);
        assertThat(results.resolve(kind + ".html")).content().contains("./distri " + test);

        assertClean(cli, test + " --rate 20 --duration 2s --clients 30");
        assertThat(Files.readAllLines(results.resolve(kind + "-rate-20.csv"))).hasSize(2);
        assertThat(results.resolve(kind + "-rate-20.hgrm")).content().contains("Percentile");
      }
      assertThat(cli.run("stats", "--ips", address).out())
          .as("collections of the tests are gone")
          .doesNotContain("load-test");
    }
  }

  @Test
  void the_tour_of_the_demo_holds() {
    Result demo = new Cli(directory).run("demo", "--once");

    assertThat(demo.err()).isEmpty();
    assertThat(demo.out()).contains("What held: everything.").doesNotContain("✗");
    assertThat(demo.code()).isZero();
    assertThat(directory.resolve("demo/pictures/opened.jpg"))
        .hasSameBinaryContentAs(directory.resolve("demo/pictures/sample.jpg"));
  }

  private static void assertClean(Cli cli, String line) {
    Result result = cli.run(line.split(" "));
    assertThat(result.code()).as(result.out() + result.err()).isZero();
  }

  private void assertStartFails(List<String> arguments, String reason) throws Exception {
    Process server = server(arguments.toArray(String[]::new));
    try {
      assertThat(server.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(server.exitValue()).isEqualTo(1);
      assertThat(errors()).contains(reason).hasLineCount(1).doesNotContain("Exception");
      assertThat(server.inputReader(UTF_8).readLine()).isNull();
    } finally {
      server.destroyForcibly();
    }
  }

  private String errors() throws IOException {
    return Files.readString(directory.resolve("errors"));
  }

  private Process server(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Ddistri.home=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "server"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(directory.resolve("errors").toFile()).start();
  }
}
