package io.distri.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.distri.cli.Cli.Result;
import io.distri.cli.local.FreePorts;
import io.distri.cli.local.LocalCluster;
import io.distri.cli.local.SampleImage;
import io.distri.peer.vault.Folders;
import io.distri.protocol.HostPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

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
      HttpResponse<String> health = get("http://" + address + "/actuator/health");
      assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
      assertThat(health.body()).as("of the node alone").doesNotContain("\"distri\"");
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
  void a_home_that_can_not_be_written_is_told_in_a_line() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "no directory");
    String address = FreePorts.anywhere(1).get(0).toString();
    Cli inFile = new Cli(file.resolve("home"));
    for (String line :
        List.of(
            "server --ips " + address,
            "server --show-id --ips " + address,
            "peer --identifier dora --ips " + address + ",127.0.0.1:1",
            "client --ips " + address,
            "nodes --ips " + address,
            "seal " + Files.write(directory.resolve("photo.jpg"), SampleImage.bytes()) + " x.png",
            "open " + file + " x.jpg",
            "demo --once")) {
      Result result = inFile.run(line.split(" "));
      assertThat(result.code()).as(line).isEqualTo(1);
      assertThat(result.out() + result.err()).as(line).doesNotContain("Exception", "\tat ");
    }
    assertStartFails(
        List.of("--ips", address, "--distri.node.identity.dir=" + file.resolve("identity")),
        "distri.node.identity.dir");
    assertStartFails(
        List.of("--ips", address, "--distri.node.cluster.secret-file=" + file.resolve("secret")),
        "distri.node.cluster.secret-file");
    assertStartFails(
        List.of("--ips", address, "--distri.node.db.data-dir=" + file.resolve("db")),
        "distri.node.db.data-dir");
  }

  @Test
  void machines_read_the_same_digits_under_a_locale_with_its_own() throws Exception {
    HostPort address = FreePorts.anywhere(1).get(0);
    List<String> egypt = List.of("-Duser.language=ar", "-Duser.country=EG");
    Process server = program(egypt, "server", "--ips", address.toString());
    try (BufferedReader out = server.inputReader(UTF_8)) {
      assertThat(out.readLine()).contains("is up: http://" + address);
      Process client = program(egypt, "client", "--report", "--ips", address.toString());
      String said = new String(client.getInputStream().readAllBytes(), UTF_8);
      assertThat(said)
          .contains("Total failed tasks: 0", "DB Data: catalog: 1 entries")
          .containsPattern("Requests Received: [0-9]+")
          .doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void a_peer_goes_on_where_the_names_of_files_are_in_ascii_alone() throws Exception {
    assumeTrue(Folders.takesAllNames(), "this test runs under a locale without all names of files");
    Path owned = Files.createDirectories(directory.resolve("dora/resources/owned"));
    Files.write(owned.resolve("\u00fc.jpg"), SampleImage.bytes());
    Files.write(owned.resolve("zz.jpg"), SampleImage.bytes());
    List<HostPort> ports = FreePorts.anywhere(3);
    String node = ports.get(0).toString();
    Process server = program(List.of(), "server", "--ips", node);
    try (BufferedReader out = server.inputReader(UTF_8)) {
      assertThat(out.readLine()).contains("is up");
      String[] peer =
          ("peer --identifier dora --ips %s,%s --web %s --dir " + directory.resolve("dora"))
              .formatted(ports.get(1), node, ports.get(2))
              .split(" ");
      runUntil(peer, "C.UTF-8", () -> published(node).equals(Set.of("\u00fc.jpg", "zz.jpg")));
      Files.write(owned.resolve("new.jpg"), SampleImage.bytes());
      Files.delete(owned.resolve("zz.jpg"));
      String said =
          runUntil(peer, "C", () -> published(node).equals(Set.of("\u00fc.jpg", "new.jpg")));
      assertThat(said).contains("LC_ALL=C.UTF-8").doesNotContain("InvalidPath", "\tat ");
    } finally {
      server.destroyForcibly();
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

  private static HttpResponse<String> get(String url) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }
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

  /** Runs a peer under a locale until something is so; returns what it said. */
  private String runUntil(String[] peer, String locale, Callable<Boolean> condition)
      throws Exception {
    Path log = directory.resolve("peer.log");
    ProcessBuilder builder =
        new ProcessBuilder(command(List.of(), peer))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("LC_ALL", locale);
    Process process = builder.start();
    try {
      Awaitility.await().atMost(Duration.ofMinutes(5)).until(condition);
    } finally {
      process.destroy();
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    }
    return Files.readString(log);
  }

  /** The names of all images in the directory. */
  private static Set<String> published(String node) throws Exception {
    HttpRequest read =
        HttpRequest.newBuilder(
                URI.create("http://" + node + "/services/ReadCollection?param=catalog"))
            .POST(BodyPublishers.ofString(""))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      Set<String> names = new HashSet<>();
      JsonMapper.shared()
          .readTree(http.send(read, BodyHandlers.ofString()).body())
          .forEach(image -> names.add(image.path("name").asString()));
      return names;
    }
  }

  private Process server(String... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of("server"));
    line.addAll(List.of(arguments));
    return program(List.of(), line.toArray(String[]::new));
  }

  private Process program(List<String> options, String... line) throws IOException {
    return new ProcessBuilder(command(options, line))
        .redirectError(directory.resolve("errors").toFile())
        .start();
  }

  private List<String> command(List<String> options, String... line) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Ddistri.home=" + directory));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(line));
    return command;
  }
}
