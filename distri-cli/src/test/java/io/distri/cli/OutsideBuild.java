package io.distri.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.client.DistriClient;
import io.distri.node.service.CloudService;
import io.distri.protocol.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * A build with Maven by a user: a project of its own, and a local repository that holds of Distri
 * what an installation would put there. All else comes from where this build has it; nothing is
 * fetched.
 */
final class OutsideBuild {
  private static final String VERSION = "0.1.0-SNAPSHOT";
  private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

  private final Path repository;

  /**
   * @param repository where the local repository is made
   */
  OutsideBuild(Path repository) throws IOException {
    this.repository = repository;
    Files.copy(TOP.resolve("pom.xml"), artifact("distri", "pom"));
    install("distri-protocol", HostPort.class);
    install("cloud-node-service", CloudService.class);
    install("distri-client-starter", DistriClient.class);
  }

  private void install(String module, Class<?> inside) throws IOException {
    Files.copy(TOP.resolve(module).resolve("pom.xml"), artifact(module, "pom"));
    Path classes = Path.of(inside.getProtectionDomain().getCodeSource().getLocation().getPath());
    Path jar = artifact(module, "jar");
    if (Files.isRegularFile(classes)) {
      Files.copy(classes, jar);
    } else {
      int code =
          ToolProvider.findFirst("jar")
              .orElseThrow()
              .run(System.out, System.err, "-cf", jar.toString(), "-C", classes.toString(), ".");
      assertThat(code).isZero();
    }
  }

  private Path artifact(String module, String type) throws IOException {
    Path directory =
        Files.createDirectories(repository.resolve("io/distri").resolve(module).resolve(VERSION));
    return directory.resolve(module + "-" + VERSION + "." + type);
  }

  /** Copies a project of this source tree to a place of its own and packages it there. */
  void run(Path project, Path place) throws IOException, InterruptedException {
    copy(TOP.resolve(project), place);
    Path log = place.resolve("build.log");
    ProcessBuilder build =
        new ProcessBuilder(command(place))
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // The JDK that this build chose; the one that Maven runs on may be too old.
    build.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process maven = build.start();
    assertThat(maven.waitFor(20, TimeUnit.MINUTES)).isTrue();
    assertThat(maven.exitValue()).as(Files.readString(log)).isZero();
  }

  private List<String> command(Path project) {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    List<String> command = new ArrayList<>();
    command.add(TOP.resolve(windows ? "mvnw.cmd" : "mvnw").toString());
    command.addAll(List.of("-o", "-q", "-B", "-f", project.resolve("pom.xml").toString()));
    command.add("-Dmaven.repo.local=" + repository);
    // Surefire tells tests where the build that runs them has its local repository.
    command.add("-Dmaven.repo.local.tail=" + System.getProperty("localRepository"));
    command.add("package");
    return command;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(from.resolve("target"))) {
          Path copy = to.resolve(from.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }
}
