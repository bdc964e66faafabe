package io.distri.cli.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.distri.cli.kubernetes.Manifests.Node;
import io.distri.node.settings.NodeProperties;
import io.distri.peer.settings.PeerProperties;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Both overlays, as {@code kubectl apply -k} would send them. */
class ManifestsTest {
  private static final String NODE = "distri-node";

  @TempDir static Path scratch;
  private static Map<String, Manifests> overlays;

  @BeforeAll
  static void render() throws Exception {
    Assumptions.assumeTrue(Manifests.canBeRendered(), "kubectl renders the manifests");
    overlays = new HashMap<>();
    for (String overlay : List.of("local", "production")) {
      overlays.put(overlay, Manifests.of(overlay, scratch));
    }
  }

  private static Manifests overlay(String name) {
    return Objects.requireNonNull(overlays.get(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void every_manifest_fits_the_schema_of_the_api(String overlay) throws Exception {
    assertThat(overlay(overlay).all()).hasSizeGreaterThan(9);
    for (Node manifest : overlay(overlay).all()) {
      ApiSchema.check(manifest);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{apiVersion: apps/v1, kind: StatefulSet, spec: {replics: 3}}",
        "{apiVersion: v1, kind: Service, spec: {ports: [{prt: 3000}]}}",
        "{apiVersion: policy/v2, kind: PodDisruptionBudget}"
      })
  void a_manifest_that_does_not_fit_is_found(String yaml) {
    Node manifest = Manifests.parse(yaml).getFirst();
    assertThatIllegalArgumentException().isThrownBy(() -> ApiSchema.check(manifest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void what_selects_pods_finds_some(String overlay) {
    Manifests manifests = overlay(overlay);
    for (Node service : manifests.ofKind("Service")) {
      Node pods = selected(manifests, service.at("spec", "selector"));
      for (Node port : service.at("spec", "ports").each()) {
        assertThat(portNames(pods)).contains(port.at("targetPort").text());
      }
    }
    for (Node policy : manifests.ofKind("NetworkPolicy")) {
      Node pods = selected(manifests, policy.at("spec", "podSelector", "matchLabels"));
      for (Node rule : policy.at("spec", "ingress").each()) {
        rule.at("ports")
            .each()
            .forEach(port -> assertThat(portNames(pods)).contains(port.at("port").text()));
        rule.at("from")
            .each()
            .forEach(from -> selected(manifests, from.at("podSelector", "matchLabels")));
      }
    }
    for (Node budget : manifests.ofKind("PodDisruptionBudget")) {
      selected(manifests, budget.at("spec", "selector", "matchLabels"));
    }
    for (Node autoscaler : manifests.ofKind("HorizontalPodAutoscaler")) {
      Node target = autoscaler.at("spec", "scaleTargetRef");
      Node scaled = manifests.one(target.at("kind").text(), target.at("name").text());
      assertThat(scaled.at("spec", "replicas").isThere()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void pods_call_each_other_and_ask_for_names_and_nothing_else(String overlay) {
    Manifests manifests = overlay(overlay);
    List<String> guarded = new ArrayList<>();
    for (Node policy : manifests.ofKind("NetworkPolicy")) {
      guarded.add(selected(manifests, policy.at("spec", "podSelector", "matchLabels")).name());
      assertThat(policy.at("spec", "policyTypes").value()).isEqualTo(List.of("Ingress", "Egress"));
      List<String> names = new ArrayList<>();
      for (Node rule : policy.at("spec", "egress").each()) {
        assertThat(rule.at("to").each()).as("a rule for somebody").isNotEmpty();
        for (Node port : rule.at("ports").each()) {
          Node called = rule.at("to").each().getFirst().at("podSelector", "matchLabels");
          if (called.isThere()) {
            assertThat(portNumbers(selected(manifests, called))).contains(port.at("port").text());
          } else {
            names.add(port.at("protocol").text() + port.at("port").text());
          }
        }
      }
      assertThat(names).containsExactlyInAnyOrder("UDP53", "TCP53");
    }
    assertThat(guarded)
        .containsExactlyInAnyOrderElementsOf(
            manifests.ofKind("StatefulSet").stream().map(Node::name).toList());
  }

  private static List<String> portNumbers(Node set) {
    return set.pod().at("containers").each().stream()
        .flatMap(container -> container.at("ports").each().stream())
        .map(port -> port.at("containerPort").text())
        .toList();
  }

  private static Node selected(Manifests manifests, Node selector) {
    assertThat(selector.map()).isNotEmpty();
    List<Node> found =
        manifests.ofKind("StatefulSet").stream()
            .filter(set -> set.podLabels().map().entrySet().containsAll(selector.map().entrySet()))
            .toList();
    assertThat(found).as("%s", selector).hasSize(1);
    return found.getFirst();
  }

  private static List<String> portNames(Node set) {
    return set.pod().at("containers").each().stream()
        .flatMap(container -> container.at("ports").each().stream())
        .map(port -> port.at("name").text())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void nodes_answer_to_the_names_of_their_services(String overlay) {
    Manifests manifests = overlay(overlay);
    Node nodes = manifests.one("StatefulSet", "distri-node");
    String hosts =
        nodes.pod().at("containers").each().getFirst().at("env").each().stream()
            .filter(variable -> variable.at("name").text().equals("DISTRI_NODE_ACCESS_HOSTS"))
            .map(variable -> variable.at("value").text())
            .findFirst()
            .orElseThrow();
    for (String service : List.of("distri", "distri-nodes", "$(POD_NAME).distri-nodes")) {
      String whole = service + ".$(POD_NAMESPACE).svc.cluster.local";
      assertThat(hosts.split(", ")).contains(service, whole, whole.replace(".cluster.local", ""));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void what_pods_refer_to_is_there(String overlay) {
    Manifests manifests = overlay(overlay);
    for (Node set : manifests.ofKind("StatefulSet")) {
      manifests.one("Service", set.at("spec", "serviceName").text());
      assertThat(set.podLabels().map().entrySet())
          .containsAll(set.at("spec", "selector", "matchLabels").map().entrySet());
      List<String> volumes = new ArrayList<>();
      set.at("spec", "volumeClaimTemplates").each().forEach(claim -> volumes.add(claim.name()));
      for (Node volume : set.pod().at("volumes").each()) {
        volumes.add(volume.at("name").text());
        Node secret = volume.at("secret", "secretName");
        if (secret.isThere()) {
          manifests.one("Secret", secret.text());
        }
      }
      Node container = set.pod().at("containers").each().getFirst();
      for (Node mount : container.at("volumeMounts").each()) {
        assertThat(volumes).contains(mount.at("name").text());
      }
      for (Node variable : container.at("env").each()) {
        Node secret = variable.at("valueFrom", "secretKeyRef");
        if (secret.isThere()) {
          assertThat(manifests.one("Secret", secret.at("name").text()).at("data").map())
              .containsKey(secret.at("key").text());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void pods_are_watched_and_may_do_little(String overlay) {
    for (Node set : overlay(overlay).ofKind("StatefulSet")) {
      assertThat(set.pod().at("automountServiceAccountToken").value()).isEqualTo(false);
      assertThat(set.pod().at("securityContext", "runAsNonRoot").value()).isEqualTo(true);
      Node container = set.pod().at("containers").each().getFirst();
      for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        assertThat(container.at(probe).isThere()).as(probe).isTrue();
      }
      Node security = container.at("securityContext");
      assertThat(security.at("readOnlyRootFilesystem").value()).isEqualTo(true);
      assertThat(security.at("allowPrivilegeEscalation").value()).isEqualTo(false);
      assertThat(security.at("capabilities", "drop").value()).isEqualTo(List.of("ALL"));
      assertThat(container.at("resources", "limits", "memory").isThere()).isTrue();
      assertThat(container.at("resources", "requests", "cpu").isThere()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"0,false", "2,false", "3,true", "6,true"})
  void the_first_three_keep_their_vote_and_later_ones_leave(int index, boolean leaves) {
    Map<String, Object> variables = variables("production", NODE);
    variables.put("POD_INDEX", Integer.toString(index));
    NodeProperties properties = bind(variables, "distri.node", NodeProperties.class);
    assertThat(properties.leaveOnStop()).isEqualTo(leaves);
    assertThat(properties.address()).isEqualTo("distri-node-0.distri-nodes.distri:3000");
    assertThat(properties.nodes()).contains(properties.address());
  }

  @Test
  void a_peer_is_told_what_it_needs() {
    PeerProperties properties =
        bind(variables("production", "distri-peer"), "distri.peer", PeerProperties.class);
    assertThat(properties.address()).isEqualTo("distri-node-0.distri-peers:2000");
  }

  /** The variables of a pod as Kubernetes would give them. */
  private static Map<String, Object> variables(String overlay, String set) {
    Map<String, String> fields =
        Map.of("metadata.name", "distri-node-0", "metadata.namespace", "distri");
    Node pod = overlay(overlay).one("StatefulSet", set).pod();
    Map<String, Object> variables = new HashMap<>();
    for (Node variable : pod.at("containers").each().getFirst().at("env").each()) {
      Node field = variable.at("valueFrom", "fieldRef", "fieldPath");
      String value = field.isThere() ? fields.get(field.text()) : variable.at("value").text();
      if (value != null) {
        for (Map.Entry<String, Object> before : variables.entrySet()) {
          value = value.replace("$(" + before.getKey() + ")", before.getValue().toString());
        }
        variables.put(variable.at("name").text(), value);
      }
    }
    return variables;
  }

  /** Fails where a variable of the prefix is none of the properties. */
  private static <T> T bind(Map<String, Object> variables, String prefix, Class<T> type) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
    ConfigurationPropertySources.attach(environment);
    return Binder.get(environment, new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
        .bind(prefix, type)
        .get();
  }
}
