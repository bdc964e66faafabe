package io.distri.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine;

/** Each container of Compose has its own keys and nobody else's. */
class ComposeKeysTest {
  private static final Path FILE = Path.of("..", "docker-compose.yml");
  private static final Path CERTIFIED = Path.of("..", "docker-compose.mtls.yml");

  @TempDir Path directory;

  @Test
  void no_container_mounts_keys_of_another() throws Exception {
    Map<String, List<String>> users = new HashMap<>();
    services(FILE)
        .forEach((name, service) -> {
          for (Object volume : list(service.get("volumes"))) {
            String source = volume.toString().split(":")[0];
            if (source.contains("keys") && !name.equals("keys")) {
              users.computeIfAbsent(source, none -> new ArrayList<>()).add(name);
            }
          }
        });
    assertThat(users)
        .hasSize(6)
        .allSatisfy(
            (volume, names) -> assertThat(names).containsExactly(volume.replace("-keys", "")));
  }

  @Test
  void what_is_asked_for_is_mounted_and_what_is_mounted_is_asked_for() throws Exception {
    List<String> mounted =
        list(services(FILE).get("keys").get("volumes")).stream()
            .map(volume -> volume.toString().split(":")[1])
            .filter(path -> path.startsWith("/for/"))
            .toList();
    for (Path file : List.of(FILE, CERTIFIED)) {
      List<String> asked =
          list(services(file).get("keys").get("command")).stream()
              .map(Object::toString)
              .filter(word -> word.startsWith("/for/"))
              .toList();
      assertThat(asked).as(file.toString()).containsExactlyInAnyOrderElementsOf(mounted);
    }
  }

  @Test
  void a_node_gets_what_a_node_needs_and_a_peer_what_a_peer_does() throws Exception {
    Path person = Files.createDirectories(directory.resolve("person"));
    assumeTrue(Files.getAttribute(person, "unix:uid").equals(0), "only root gives files away");
    make(person);
    byte[] secret = Files.readAllBytes(directory.resolve("for/node-1/cluster-secret"));
    Map<Path, byte[]> before = files();
    assertThat(
            before.keySet().stream().map(directory.resolve("for")::relativize).map(Path::toString))
        .containsExactlyInAnyOrder(
            "node-1/cluster-secret",
            "node-1/config/distri.node.encrypt.recipients",
            "node-1/tls/ca.crt",
            "node-1/tls/node.crt",
            "node-1/tls/node.key",
            "extra/cluster-secret",
            "extra/config/distri.node.encrypt.recipients",
            "alice/distri.peer.web.token",
            "bob/distri.peer.web.token");
    assertThat(directory.resolve("for/extra/cluster-secret")).hasBinaryContent(secret);
    assertThat(Files.readString(directory.resolve("for/alice/distri.peer.web.token")))
        .isEqualTo(Files.readString(person.resolve("alice-page-token")).strip())
        .isNotEqualTo(Files.readString(directory.resolve("for/bob/distri.peer.web.token")));
    assertThat(before.keySet())
        .allSatisfy(file -> assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(1000));

    make(person);
    assertThat(files()).as("what was made stays").containsExactlyInAnyOrderEntriesOf(before);
  }

  @Test
  void grafana_has_no_administrator_whose_password_everybody_knows() throws Exception {
    Map<?, ?> environment = (Map<?, ?>) services(FILE).get("grafana").get("environment");
    assertThat(environment.get("GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION")).isEqualTo("true");
    assertThat(environment.get("GF_AUTH_BASIC_ENABLED")).isEqualTo("false");
    assertThat(environment.get("GF_AUTH_DISABLE_LOGIN_FORM")).isEqualTo("true");
    assertThat(environment.get("GF_AUTH_ANONYMOUS_ORG_ROLE")).isEqualTo("Viewer");
  }

  private void make(Path person) {
    String into = directory.resolve("for") + "/";
    int exit =
        new CommandLine(new ComposeKeysCommand())
            .execute(
                directory.resolve("keys").toString(),
                person.toString(),
                "--certified",
                into + "node-1",
                "--node",
                into + "extra",
                "--peer",
                into + "alice",
                "--peer",
                into + "bob");
    assertThat(exit).isZero();
  }

  private Map<Path, byte[]> files() throws IOException {
    Map<Path, byte[]> files = new HashMap<>();
    try (Stream<Path> all = Files.walk(directory.resolve("for"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file, Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> services(Path file) throws IOException {
    Map<String, Object> compose =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    return (Map<String, Map<String, Object>>) compose.get("services");
  }
}
