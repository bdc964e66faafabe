package io.distri.node;

import static io.distri.node.TestNode.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.db.CollectionSummary;
import io.distri.node.db.Document;
import io.distri.node.db.DocumentStore;
import io.distri.node.local.LocalNode;
import io.distri.node.security.Whitelist;
import io.distri.protocol.Headers;
import io.distri.protocol.HostPort;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The base grows on real nodes, and what it covers is forgotten. */
class ForgettingTest {
  private static final int STARTS = 2;

  @TempDir Path directory;
  private final List<HostPort> addresses = new ArrayList<>();
  private final List<TestNode> nodes = new ArrayList<>();

  @BeforeEach
  void start() {
    for (int i = 0; i < 3; i++) {
      addresses.add(TestNode.freeAddress());
    }
    for (int i = 0; i < 3; i++) {
      nodes.add(node(i));
    }
    nodes.forEach(node -> node.awaitMembers(3));
  }

  @AfterEach
  void stop() {
    nodes.forEach(TestNode::close);
  }

  @Test
  void what_all_nodes_hold_is_folded_and_its_deletions_are_forgotten_through_restarts()
      throws Exception {
    Set<String> there = new TreeSet<>();
    String first = session(add(0, "first"));
    there.add("first");
    for (int start = 0; start < STARTS; start++) {
      for (int i = 0; i < 3; i++) {
        String kept = "kept-" + start + "-" + i;
        String deleted = "deleted-" + start + "-" + i;
        add(i, kept);
        there.add(kept);
        add((i + 1) % 3, deleted);
        delete(i, deleted);
        restart(i);
      }
    }
    awaitForgotten();

    for (TestNode node : nodes) {
      assertThat(db(node).version().base().size()).isGreaterThan(3 * STARTS);
      assertThat(read(node, first)).isEqualTo(there);
    }
    String last = session(add(0, "last"));
    there.add("last");
    assertThat(last.length()).as("the base and this start").isLessThan(60);
    restart(1);
    for (TestNode node : nodes) {
      assertThat(read(node, last)).isEqualTo(there);
    }
    assertAlike();
  }

  @Test
  void a_node_from_before_what_is_forgotten_starts_anew_and_puts_aside_what_only_it_holds()
      throws Exception {
    String before = session(add(0, "kept"));
    add(0, "deleted");
    assertThat(read(nodes.get(2), session(add(1, "seen by all"))))
        .contains("kept", "deleted", "seen by all");
    TestNode away = nodes.remove(2);
    String evicted = away.context().getBean(LocalNode.class).id();
    whitelist(nodes.get(0)).evict(evicted);
    await().until(() -> nodes.stream().allMatch(node -> whitelist(node).isEvicted(evicted)));
    // From here on nobody takes anything from it any more, so this is on no other node.
    db(away).add("catalog", Document.parse("{\"UUID\":\"its own\"}".getBytes(UTF_8)), null);
    away.close();
    delete(0, "deleted");
    awaitForgotten();

    nodes.add(node(2, "id-new"));
    nodes.forEach(node -> node.awaitMembers(3));

    assertThat(read(nodes.get(2), before)).containsExactlyInAnyOrder("kept", "seen by all");
    assertThat(db(nodes.get(2)).quarantined()).isEqualTo(1);
    try (Stream<Path> files = Files.list(directory.resolve("db-2"))) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("quarantine-")))
          .singleElement()
          .satisfies(file ->
              assertThat(Files.readAllLines(file))
                  .singleElement()
                  .asString()
                  .contains("\"UUID\":\"its own\""));
    }
    String after = session(add(2, "after"));
    for (TestNode node : nodes) {
      assertThat(read(node, after)).containsExactlyInAnyOrder("kept", "seen by all", "after");
    }
    assertAlike();
  }

  private TestNode node(int index) {
    return node(index, "id-" + index);
  }

  private TestNode node(int index, String identity) {
    return TestNode.at(
        addresses.get(index),
        "distri.node.nodes="
            + addresses.stream().map(HostPort::toString).collect(Collectors.joining(",")),
        "distri.node.cluster.secret-file=" + directory.resolve("secret"),
        "distri.node.identity.dir=" + directory.resolve(identity),
        "distri.node.db.data-dir=" + directory.resolve("db-" + index),
        "distri.node.db.forget-after=1s");
  }

  private void restart(int index) {
    nodes.get(index).close();
    nodes.get(index).start();
    nodes.forEach(node -> node.awaitMembers(3));
  }

  private void awaitForgotten() {
    await()
        .until(() ->
            nodes.stream()
                .allMatch(node ->
                    db(node).version().recent().size() == 0
                        && db(node).collections().stream()
                                .mapToLong(CollectionSummary::tombstones)
                                .sum()
                            == 0));
  }

  private void assertAlike() {
    await()
        .untilAsserted(() ->
            assertThat(nodes)
                .extracting(node -> db(node).holding().digest())
                .containsOnly(db(nodes.getFirst()).holding().digest()));
  }

  private static DocumentStore db(TestNode node) {
    return node.context().getBean(DocumentStore.class);
  }

  private static Whitelist whitelist(TestNode node) {
    return node.context().getBean(Whitelist.class);
  }

  private HttpResponse<byte[]> add(int index, String uuid)
      throws IOException, InterruptedException {
    return written(
        nodes.get(index).call("AddDocument?param=catalog", "{\"UUID\":\"" + uuid + "\"}"));
  }

  private void delete(int index, String uuid) throws IOException, InterruptedException {
    // The node may not have heard yet of what another one added.
    await().until(() -> read(nodes.get(index), "").contains(uuid));
    written(nodes.get(index).call("DeleteDocument?param=catalog", "{\"UUID\":\"" + uuid + "\"}"));
  }

  private static HttpResponse<byte[]> written(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  private static String session(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue(Headers.SESSION).orElseThrow();
  }

  /** The UUIDs of what a node shows to who has seen so much. */
  private static Set<String> read(TestNode node, String session)
      throws IOException, InterruptedException {
    String[] headers = session.isEmpty() ? new String[0] : new String[] {Headers.SESSION, session};
    HttpResponse<byte[]> answer =
        await()
            .until(
                () -> node.call("ReadCollection?param=catalog", "", headers),
                read -> read.statusCode() == 200);
    Set<String> uuids = new TreeSet<>();
    for (JsonNode document : JsonMapper.shared().readTree(answer.body())) {
      uuids.add(document.get("UUID").asString());
    }
    return uuids;
  }
}
