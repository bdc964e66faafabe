package io.distri.node;

import static io.distri.node.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.HostPort;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program starts with ahead-of-time beans (Spring AOT), as the image does. */
class AotStartTest {
  private static final String CLASSES = System.getProperty("java.class.path");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir Path directory;

  @Test
  void a_node_starts_with_them_and_refuses_what_they_cannot_honour() throws Exception {
    String classPath = beans() + File.pathSeparator + CLASSES;
    HostPort address = TestNode.freeAddress();
    Process node = start(address, classPath);
    try {
      await().until(() -> !node.isAlive() || isReady(address));
      assertThat(node.isAlive()).as(log()).isTrue();
    } finally {
      node.destroyForcibly().waitFor();
    }
    Process refused = start(address, classPath, "--spring.profiles.active=fault");
    assertThat(refused.waitFor()).isNotZero();
    assertThat(log()).contains("The profile fault can't be set here", "spring.aot.enabled=false");
  }

  /** Does what Spring Boot's goal process-aot does, and returns where the classes are. */
  private Path beans() throws Exception {
    Path sources = directory.resolve("sources");
    Path classes = directory.resolve("classes");
    String main = CloudNodeApplication.class.getName();
    run(
        "java",
        "-cp",
        CLASSES,
        "org.springframework.boot.SpringApplicationAotProcessor",
        main,
        sources.toString(),
        directory.resolve("resources").toString(),
        classes.toString(),
        "io.distri",
        "cloud-node-service");
    run(
        "javac",
        "-nowarn",
        "-proc:none",
        "-implicit:class",
        "-cp",
        CLASSES,
        "-sourcepath",
        sources.toString(),
        "-d",
        classes.toString(),
        sources
            .resolve(main.replace('.', '/') + "__ApplicationContextInitializer.java")
            .toString());
    return classes;
  }

  private void run(String... command) throws Exception {
    assertThat(process(List.of(command)).waitFor()).as(log()).isZero();
  }

  private Process start(HostPort address, String classPath, String... properties)
      throws IOException {
    return process(
        Stream.concat(
                Stream.of(
                    "java",
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-Dspring.aot.enabled=true",
                    "-cp",
                    classPath,
                    CloudNodeApplication.class.getName(),
                    "--distri.node.address=" + address),
                Stream.of(properties))
            .toList());
  }

  private Process process(List<String> command) throws IOException {
    List<String> line = new ArrayList<>(command);
    line.set(0, Path.of(System.getProperty("java.home"), "bin", command.get(0)).toString());
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("log").toFile())
        .start();
  }

  private String log() throws IOException {
    return Files.readString(directory.resolve("log"));
  }

  private static boolean isReady(HostPort node) throws InterruptedException {
    URI readiness = URI.create("http://" + node + "/actuator/health/readiness");
    HttpRequest request = HttpRequest.newBuilder(readiness).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }
}
