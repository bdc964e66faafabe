package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.distri.protocol.HostPort;
import java.io.File;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts of the program as the image's, with beans that were settled before (Spring AOT). */
class SettledStartTest {
  private static final String SETTLED =
      "io.distri.node.CloudNodeApplication__BeanFactoryRegistrations";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int OK = 200;

  @TempDir static Path settled;
  private static String classPath = "";

  @TempDir Path directory;

  /** As the build does it. */
  @BeforeAll
  static void settle() throws Exception {
    String library =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes"))
            .collect(Collectors.joining(File.pathSeparator));
    Path sources = settled.resolve("sources");
    Path classes = settled.resolve("classes");
    Path log = settled.resolve("log");
    run(
        log,
        "java",
        "-cp",
        library,
        "org.springframework.boot.SpringApplicationAotProcessor",
        CloudNodeApplication.class.getName(),
        sources.toString(),
        settled.resolve("resources").toString(),
        classes.toString(),
        "io.distri",
        "cloud-node-service");
    run(
        log,
        "javac",
        "-nowarn",
        "-proc:none",
        "-implicit:class",
        "-cp",
        library,
        "-sourcepath",
        sources.toString(),
        "-d",
        classes.toString(),
        sources
            .resolve("io/distri/node/CloudNodeApplication__ApplicationContextInitializer.java")
            .toString());
    classPath = classes + File.pathSeparator + library;
  }

  private static void run(Path log, String tool, String... arguments) throws Exception {
    Process process = process(log, tool, List.of(arguments));
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  private static Process process(Path log, String tool, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  @Test
  void a_node_starts_with_settled_beans_and_heeds_its_settings() throws Exception {
    HostPort address = TestNode.freeAddress();
    Path identity = directory.resolve("identity");
    Process node = node(address, "--distri.node.identity.dir=" + identity);
    try {
      awaitReady(node, address);
      assertThat(hasLoadedSettledBeans()).isTrue();
      assertThat(identity.resolve("key.pem")).exists();
      assertThat(status(address, "/fault")).isEqualTo(404);
      assertThat(status(address, "/v3/api-docs")).isEqualTo(OK);
    } finally {
      node.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_node_with_a_profile_settles_its_beans_itself() throws Exception {
    HostPort address = TestNode.freeAddress();
    Process node = node(address, "--spring.profiles.active=fault");
    try {
      awaitReady(node, address);
      assertThat(hasLoadedSettledBeans()).isFalse();
      HttpRequest dead =
          HttpRequest.newBuilder(URI.create("http://" + address + "/fault?mode=none"))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      assertThat(HttpClient.newHttpClient().send(dead, BodyHandlers.discarding()).statusCode())
          .isEqualTo(204);
    } finally {
      node.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_node_with_settled_beans_heeds_its_ssl_bundle() throws Exception {
    Process node =
        node(TestNode.freeAddress(), "--distri.node.identity.ssl-bundle=nowhere-to-be-found");
    assertThat(node.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(node.exitValue()).isNotZero();
    assertThat(hasLoadedSettledBeans()).isTrue();
    assertThat(Files.readString(directory.resolve("log"))).contains("nowhere-to-be-found");
  }

  @Test
  void what_was_settled_of_annotations_is_what_a_running_node_has() throws Exception {
    String source =
        Files.readString(
            settled.resolve(
                "sources/io/distri/node/CloudNodeApplication__ApplicationContextInitializer.java"));
    try (TestNode running = TestNode.alone()) {
      for (Class<? extends Annotation> annotation : SettledAnnotations.SOUGHT) {
        String carriers =
            Arrays.stream(running.context().getBeanNamesForAnnotation(annotation))
                .map(bean -> ", \"" + bean + "\"")
                .collect(Collectors.joining());
        assertThat(source)
            .contains("settled.settle(" + annotation.getSimpleName() + ".class" + carriers + ");");
      }
    }
  }

  private Process node(HostPort address, String... properties) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dspring.aot.enabled=true",
                "-Xlog:class+load:file=" + directory.resolve("classes.log"),
                "-cp",
                classPath,
                CloudNodeApplication.class.getName(),
                "--distri.node.address=" + address));
    arguments.addAll(List.of(properties));
    return process(directory.resolve("log"), "java", arguments);
  }

  private boolean hasLoadedSettledBeans() throws IOException {
    return Files.readString(directory.resolve("classes.log")).contains(SETTLED);
  }

  private void awaitReady(Process node, HostPort address) {
    await()
        .atMost(PATIENCE)
        .until(() -> !node.isAlive() || status(address, "/actuator/health/readiness") == OK);
    assertThat(node.isAlive()).as("the node runs, see its log").isTrue();
  }

  private static int status(HostPort address, String path) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + path)).build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException notYet) {
      return 0;
    }
  }
}
