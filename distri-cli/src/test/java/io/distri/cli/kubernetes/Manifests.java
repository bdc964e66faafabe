package io.distri.cli.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code kubectl kustomize} makes of an overlay of {@code k8s/}. */
record Manifests(List<Node> all) {
  private static final Path SOURCES = Path.of("..", "k8s");
  private static final int PATIENCE_SECONDS = 300;

  /** A place in a manifest: a map, a list or a value; what isn't there is empty. */
  record Node(Object value) {
    Node at(String... path) {
      Object there = value;
      for (String name : path) {
        there = there instanceof Map<?, ?> map ? map.get(name) : null;
      }
      return new Node(there);
    }

    List<Node> each() {
      return value instanceof List<?> list ? list.stream().map(Node::new).toList() : List.of();
    }

    Map<String, Object> map() {
      Map<String, Object> copy = new HashMap<>();
      if (value instanceof Map<?, ?> map) {
        map.forEach((key, there) -> copy.put(key.toString(), there));
      }
      return copy;
    }

    boolean isThere() {
      return value != null;
    }

    String text() {
      return String.valueOf(value);
    }

    String kind() {
      return at("kind").text();
    }

    String name() {
      return at("metadata", "name").text();
    }

    Node pod() {
      return at("spec", "template", "spec");
    }

    Node podLabels() {
      return at("spec", "template", "metadata", "labels");
    }
  }

  /** Whether this machine has what renders them. */
  static boolean canBeRendered() {
    try {
      return run(List.of("kubectl", "version", "--client")).exit == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  /** Renders an overlay with keys that the user makes in its directory. */
  static Manifests of(String overlay, Path scratch) throws IOException {
    Path copy = scratch.resolve(overlay);
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(SOURCES.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    Path root = copy.resolve("overlays").resolve(overlay);
    Path keys = Files.createDirectories(root.resolve("keys"));
    for (String key : List.of("cluster-secret", "recipients", "tokens", "client-token")) {
      Files.writeString(keys.resolve(key), "of a test");
    }
    Output output = run(List.of("kubectl", "kustomize", root.toString()));
    assertThat(output.exit).as(output.text).isZero();
    return new Manifests(parse(output.text));
  }

  static List<Node> parse(String yaml) {
    List<Node> documents = new ArrayList<>();
    new Yaml(new SafeConstructor(new LoaderOptions()))
        .loadAll(yaml)
        .forEach(document -> documents.add(new Node(document)));
    return documents;
  }

  List<Node> ofKind(String kind) {
    return all.stream().filter(manifest -> manifest.kind().equals(kind)).toList();
  }

  Node one(String kind, String name) {
    List<Node> found =
        ofKind(kind).stream().filter(manifest -> manifest.name().equals(name)).toList();
    assertThat(found).as("%s %s", kind, name).hasSize(1);
    return found.getFirst();
  }

  private record Output(int exit, String text) {}

  private static Output run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return new Output(process.exitValue(), text);
  }
}
