package io.distri.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.distri.cli.local.FreePorts;
import io.distri.cli.local.Home;
import io.distri.cli.local.LocalCluster;
import io.distri.cli.local.NodeEndpoint;
import io.distri.cli.local.SampleImage;
import io.distri.client.DistriClient;
import io.distri.client.DistriException;
import io.distri.client.DistriRequest;
import io.distri.client.DistriResponse;
import io.distri.protocol.Headers;
import io.distri.protocol.HostPort;
import io.distri.protocol.LoadReport;
import io.distri.protocol.NodeRecord;
import io.distri.protocol.NodeState;
import io.distri.protocol.WorkClass;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * The samples as a user has them, built by their own {@code pom.xml} outside this build: a service
 * of one's own beside two ordinary nodes, and a web service that calls them by the starter.
 */
@Tag("processes")
@Tag("proof")
class SampleServiceTest {
  private static final String SERVICE = "Thumbnail";
  private static final String THUMBNAILS = "thumbnail-service.jar";
  private static final Duration START = Duration.ofMinutes(10);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path directory;

  private static OutsideBuild build;
  private static LocalCluster cluster;
  private static Process process;
  private static HostPort address;
  private static NodeEndpoint sample;

  @BeforeAll
  static void start() throws Exception {
    Path project = directory.resolve("thumbnail-service");
    build = new OutsideBuild(directory.resolve("repository"));
    build.run(Path.of("docs/samples/thumbnail-service"), project);
    List<HostPort> addresses = FreePorts.anywhere(3);
    Home home = new Home(directory.resolve("home"));
    cluster = LocalCluster.start(home, addresses.subList(0, 2));
    address = addresses.get(2);
    sample = new NodeEndpoint(address, HTTP, new JsonMapper());
    process =
        run(
            project.resolve("target").resolve(THUMBNAILS),
            "--distri.node.address=" + address,
            "--distri.node.nodes=" + cluster.addresses().get(0),
            "--distri.node.cluster.secret-file=" + home.clusterSecret(),
            "--distri.node.identity.dir=" + home.identityDirectory(address),
            "--distri.node.admission.user-permits=1");
    await().atMost(START).until(SampleServiceTest::isUpEverywhere);
  }

  private static Process run(Path jar, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(jar.getFileName() + ".log").toFile())
        .start();
  }

  private static boolean isUpEverywhere() throws IOException {
    assertThat(process.isAlive())
        .as(Files.readString(directory.resolve(THUMBNAILS + ".log")))
        .isTrue();
    for (NodeEndpoint node : cluster.endpoints()) {
      if (record(node).filter(record -> record.state() == NodeState.UP).isEmpty()) {
        return false;
      }
    }
    return sample.isReady();
  }

  private static Optional<NodeRecord> record(NodeEndpoint asked) throws IOException {
    return asked.nodes().stream()
        .filter(record -> record.address().equals(address.toString()))
        .findFirst();
  }

  @AfterAll
  static void stop() {
    if (process != null) {
      process.destroyForcibly();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void every_node_lists_it_for_the_node_that_offers_it_alone() throws Exception {
    for (NodeEndpoint node : cluster.endpoints()) {
      for (NodeRecord record : node.nodes()) {
        assertThat(record.services().contains(SERVICE))
            .isEqualTo(record.address().equals(address.toString()));
        assertThat(record.services()).contains("Encrypt", "ReadCollection");
      }
    }
  }

  @Test
  void a_client_that_knows_ordinary_nodes_only_elects_the_one_that_offers_it() throws Exception {
    long before = sample.stats().completedTasks();
    try (DistriClient client =
        DistriClient.builder()
            .nodes(cluster.addresses().stream().map(Object::toString).toList())
            .deadline(Duration.ofSeconds(30))
            .build()) {
      for (int call = 0; call < 20; call++) {
        DistriResponse answer = client.send(request(SampleImage.bytes()));
        assertThat(answer.nodeAddress()).isEqualTo(address);
        BufferedImage thumbnail = ImageIO.read(new ByteArrayInputStream(answer.body()));
        assertThat(Math.max(thumbnail.getWidth(), thumbnail.getHeight())).isEqualTo(32);
      }
      assertThatThrownBy(() -> client.send(request("no image".getBytes(StandardCharsets.UTF_8))))
          .isInstanceOf(DistriException.class)
          .hasMessageContaining("Send a JPEG");
    }
    assertThat(sample.stats().completedTasks()).isGreaterThanOrEqualTo(before + 20);
    assertThat(metrics())
        .contains("distri_services_seconds_count{outcome=\"completed\",service=\"Thumbnail\"}");
  }

  @Test
  void it_is_admitted_and_measured() throws Exception {
    // Until a call has ended well nobody knows how long one takes.
    assertThat(HTTP.send(post(), HttpResponse.BodyHandlers.ofByteArray()).statusCode())
        .isEqualTo(200);
    List<CompletableFuture<HttpResponse<byte[]>>> calls = new ArrayList<>();
    for (int call = 0; call < 400; call++) {
      calls.add(HTTP.sendAsync(post(), HttpResponse.BodyHandlers.ofByteArray()));
    }
    List<HttpResponse<byte[]>> answers = calls.stream().map(CompletableFuture::join).toList();
    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200, 429);
    HttpResponse<byte[]> refused =
        answers.stream().filter(answer -> answer.statusCode() == 429).findFirst().orElseThrow();
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.headers().firstValue(Headers.EXECUTED)).hasValue("no");
    LoadReport load =
        LoadReport.parse(refused.headers().firstValue(Headers.LOAD).orElseThrow()).orElseThrow();
    assertThat(load.work().get(WorkClass.USER).permits()).isEqualTo(1);
    assertThat(load.work().get(WorkClass.USER).backlogMs()).isPositive();
  }

  @Test
  void a_web_service_seals_and_lists_photos_by_the_starter() throws Exception {
    Path project = directory.resolve("photo-service");
    build.run(Path.of("docs/samples/photo-service"), project);
    HostPort port = FreePorts.anywhere(1).get(0);
    Process service =
        run(
            project.resolve("target/photo-service.jar"),
            "--server.address=" + port.host(),
            "--server.port=" + port.port(),
            "--spring.docker.compose.enabled=false",
            "--distri.client.nodes=" + cluster.addresses().get(0));
    try {
      URI photos = URI.create("http://" + port + "/photos");
      await().atMost(START).ignoreExceptions().until(() -> get(photos).statusCode() == 200);
      HttpRequest put =
          HttpRequest.newBuilder(URI.create(photos + "/cat.jpg"))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .PUT(HttpRequest.BodyPublishers.ofByteArray(SampleImage.bytes()))
              .build();
      HttpResponse<byte[]> sealed = HTTP.send(put, HttpResponse.BodyHandlers.ofByteArray());
      assertThat(sealed.statusCode()).isEqualTo(200);
      assertThat(sealed.body()).startsWith(0x89, 'P', 'N', 'G');
      assertThat(get(photos).body()).contains("\"UUID\":\"cat.jpg\"");
      assertThat(get(URI.create("http://" + port + "/actuator/health")).body()).contains("distri");
    } finally {
      service.destroyForcibly();
    }
  }

  private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static DistriRequest request(byte[] body) {
    return DistriRequest.to(SERVICE).body(body).params("32").build();
  }

  private static HttpRequest post() {
    return HttpRequest.newBuilder(URI.create("http://" + address + "/services/" + SERVICE))
        .POST(HttpRequest.BodyPublishers.ofByteArray(SampleImage.bytes()))
        .build();
  }

  private static String metrics() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + "/actuator/prometheus")).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
