package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.distri.node.admin.AdminMessages;
import io.distri.node.admin.AdminMessages.Decision;
import io.distri.node.admin.AdminMessages.Keys;
import io.distri.node.admin.AdminMessages.Token;
import io.distri.node.security.InternalClient;
import io.distri.node.security.InternalWire;
import io.distri.node.security.Role;
import io.distri.node.security.TrustEntry;
import io.distri.protocol.HostPort;
import io.distri.protocol.identity.Identity;
import io.distri.protocol.identity.KeyTrust;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that get into a cluster by key or token, those that don't, and those that go. */
class JoiningTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path directory;
  private final Identity operator = Identity.generate();
  private final InternalWire wire = new InternalWire();
  private final List<TestNode> running = new ArrayList<>();

  @AfterEach
  void stop() {
    running.forEach(TestNode::close);
  }

  @Test
  void nodes_that_list_each_others_keys_need_no_secret() throws Exception {
    HostPort first = TestNode.freeAddress();
    HostPort second = TestNode.freeAddress();
    String ids = "distri.node.whitelist.ids=" + id("first") + "," + id("second");
    String nodes = "distri.node.nodes=" + first + "," + second;
    TestNode a = started(TestNode.at(first, ids, nodes, identity("first")));
    TestNode b = started(TestNode.at(second, ids, nodes, identity("second")));
    a.awaitMembers(2);
    b.awaitMembers(2);
    assertThat(a.call("AddDocument?param=catalog", "{\"UUID\":\"x\"}").statusCode()).isEqualTo(200);
    await().until(() -> b.read("catalog").size() == 1);
  }

  @Test
  void a_token_lets_one_newcomer_in_by_any_member_and_for_good() throws Exception {
    List<TestNode> members = cluster(2);
    String token = token(members.get(0));
    String joining = "distri.node.join.token=" + token;
    HostPort address = TestNode.freeAddress();
    // The member that is asked did not make the token, and names the one that did.
    TestNode newcomer =
        started(TestNode.at(address, joining, identity("new"), contact(members.get(1))));
    members.forEach(node -> node.awaitMembers(3));
    newcomer.awaitMembers(3);
    TestNode late =
        started(
            TestNode.knocking(
                TestNode.freeAddress(), joining, identity("late"), contact(members.get(0))));
    newcomer.close();
    newcomer.start();
    newcomer.awaitMembers(3);
    await().until(() -> Refused.internal(members.get(0), "bad-token") > 0);
    assertThat(late.isReady()).isFalse();
    assertThat(late.call("ReadCollection?param=catalog", "").statusCode()).isEqualTo(503);
    members.forEach(node -> node.awaitMembers(3));
  }

  @Test
  void a_role_is_good_for_nothing_else() throws Exception {
    TestNode node = cluster(1).get(0);
    assertThat(post(operator, node, "/internal/update-info", new byte[0]).status()).isEqualTo(403);
    Identity listed = Identity.generate();
    whitelist(node, new Decision(listed.id(), Role.NODE));
    assertThat(post(listed, node, AdminMessages.NODES, new byte[0]).status()).isEqualTo(403);
    assertThat(post(listed, node, "/internal/update-info", new byte[0]).status()).isEqualTo(400);
    assertThat(post(Identity.generate(), node, AdminMessages.TOKEN, new byte[0]).status())
        .isEqualTo(403);
    assertThat(post(operator, node, AdminMessages.NODES, new byte[0]).status()).isEqualTo(200);
    await().until(() -> Refused.internal(node, "wrong-role") == 2);
    await().until(() -> Refused.internal(node, "unknown-key") == 1);
  }

  @Test
  void what_an_operator_decides_holds_on_every_node_and_over_restarts() throws Exception {
    List<TestNode> nodes = cluster(3);
    String key = Identity.generate().id();
    whitelist(nodes.get(0), new Decision(key, Role.NODE));
    for (TestNode node : nodes) {
      await().until(() -> listed(node).contains(key));
    }
    nodes.get(2).close();
    whitelist(nodes.get(1), new Decision(key, null));
    nodes.get(2).start();
    for (TestNode node : nodes) {
      await().until(() -> !listed(node).contains(key));
    }
  }

  @Test
  void an_evicted_node_has_no_vote_and_nothing_brings_its_key_back() throws Exception {
    List<TestNode> nodes = cluster(3);
    String evicted = id("node-2");
    InternalClient.Answer answer =
        post(operator, nodes.get(0), AdminMessages.EVICT, wire.write(new Decision(evicted, null)));
    assertThat(answer.status()).isEqualTo(200);
    nodes.get(0).awaitMembers(2);
    nodes.get(1).awaitMembers(2);
    nodes.get(1).close();
    // Of two voters both are needed, and the evicted one is none of them.
    assertThat(write(nodes.get(0))).isEqualTo(503);
    nodes.get(1).start();
    await().until(() -> write(nodes.get(0)) == 200);
    InternalClient.Answer grant =
        post(
            operator,
            nodes.get(1),
            AdminMessages.WHITELIST,
            wire.write(new Decision(evicted, Role.NODE)));
    assertThat(grant.status()).isEqualTo(403);
    nodes.get(2).close();
    started(
        TestNode.knocking(
            nodes.get(2).address(), secret(), identity("node-2"), contact(nodes.get(0))));
    nodes.get(0).awaitMembers(2);
    assertThat(
            new String(
                post(
                        Identity.loadOrCreate(directory.resolve("node-2")),
                        nodes.get(0),
                        "/internal/join",
                        new byte[0])
                    .body(),
                StandardCharsets.UTF_8))
        .contains("urn:distri:problem:evicted");
    await().until(() -> Refused.internal(nodes.get(0), "evicted") > 0);
  }

  @Test
  void an_evicted_node_notices_and_serves_no_more_nor_after_a_restart() throws Exception {
    List<TestNode> nodes = cluster(2);
    TestNode evicted = nodes.get(1);
    post(operator, nodes.get(0), AdminMessages.EVICT, wire.write(new Decision(id("node-1"), null)));
    await().until(() -> !evicted.isReady());
    BadInputTest.assertProblem(
        evicted.call("ReadCollection?param=catalog", ""), 503, "unavailable", "left");
    evicted.close();
    TestNode again = started(TestNode.knocking(evicted.address(), secret(), identity("node-1")));
    assertThat(again.isReady()).isFalse();
    assertThat(again.call("ReadCollection?param=catalog", "").statusCode()).isEqualTo(503);
  }

  @Test
  void a_node_that_was_evicted_while_it_was_away_does_not_serve_when_it_comes_back()
      throws Exception {
    List<TestNode> nodes = cluster(2);
    nodes.get(1).close();
    post(operator, nodes.get(0), AdminMessages.EVICT, wire.write(new Decision(id("node-1"), null)));
    TestNode back =
        started(
            TestNode.knocking(
                nodes.get(1).address(), secret(), identity("node-1"), contact(nodes.get(0))));
    await().until(() -> Refused.internal(nodes.get(0), "evicted") > 1);
    assertThat(back.isReady()).isFalse();
    assertThat(back.call("ReadCollection?param=catalog", "").statusCode()).isEqualTo(503);
  }

  @Test
  void of_two_newcomers_with_one_token_one_gets_in() throws Exception {
    TestNode member = cluster(1).get(0);
    String joining = "distri.node.join.token=" + token(member);
    List<CompletableFuture<TestNode>> both =
        Stream.of("one", "two")
            .map(name ->
                CompletableFuture.supplyAsync(() ->
                    TestNode.knocking(
                        TestNode.freeAddress(), joining, identity(name), contact(member))))
            .toList();
    List<TestNode> newcomers = both.stream().map(CompletableFuture::join).toList();
    newcomers.forEach(this::started);
    member.awaitMembers(2);
    await().until(() -> Refused.internal(member, "bad-token") > 0);
    assertThat(newcomers.stream().map(JoiningTest::ready).toList())
        .containsExactlyInAnyOrder(true, false);
    member.awaitMembers(2);
  }

  @Test
  void a_token_that_has_ended_lets_nobody_in() throws Exception {
    TestNode member = cluster(1).get(0);
    String joining = "distri.node.join.token=" + token(member);
    member.close();
    Path tokens = directory.resolve("node-0").resolve("join-tokens.json");
    String ended = Files.readString(tokens).replaceAll("\"endsMs\":\\d+", "\"endsMs\":1");
    Files.writeString(tokens, ended);
    member.start();
    TestNode late =
        started(
            TestNode.knocking(TestNode.freeAddress(), joining, identity("late"), contact(member)));
    await().until(() -> Refused.internal(member, "bad-token") > 0);
    assertThat(late.isReady()).isFalse();
    member.awaitMembers(1);
  }

  @Test
  void a_node_that_leaves_gives_up_its_vote_and_its_writes_stay() throws Exception {
    List<TestNode> nodes = cluster(3);
    assertThat(write(nodes.get(2))).isEqualTo(200);
    assertThat(post(operator, nodes.get(2), AdminMessages.LEAVE, new byte[0]).status())
        .isEqualTo(200);
    await().until(() -> !nodes.get(2).context().isActive());
    nodes.get(0).awaitMembers(2);
    nodes.get(1).awaitMembers(2);
    assertThat(nodes.get(0).read("catalog").size()).isEqualTo(1);
    nodes.get(1).close();
    assertThat(write(nodes.get(0))).isEqualTo(503);
    nodes.get(1).start();
    await().until(() -> write(nodes.get(0)) == 200);
  }

  @Test
  void a_node_is_given_another_key_and_the_old_one_has_no_vote() throws Exception {
    List<TestNode> nodes = cluster(3);
    assertThat(write(nodes.get(2))).isEqualTo(200);
    whitelist(nodes.get(0), new Decision(id("next"), Role.NODE));
    nodes.get(2).close();
    TestNode renewed =
        started(
            TestNode.at(
                nodes.get(2).address(),
                secret(),
                operators(),
                contact(nodes.get(0)),
                identity("next")));
    nodes.get(0).awaitMembers(3);
    post(operator, nodes.get(0), AdminMessages.EVICT, wire.write(new Decision(id("node-2"), null)));
    renewed.awaitMembers(3);
    assertThat(renewed.read("catalog").size()).isEqualTo(1);
    nodes.get(1).close();
    assertThat(write(nodes.get(0))).as("two of three hold it").isEqualTo(200);
    assertThat(
            post(
                    Identity.loadOrCreate(directory.resolve("node-2")),
                    nodes.get(0),
                    "/internal/join",
                    new byte[0])
                .status())
        .isEqualTo(403);
  }

  @Test
  void of_two_nodes_with_one_key_the_later_one_does_not_serve() throws Exception {
    List<TestNode> nodes = cluster(2);
    Path copy = Files.createDirectory(directory.resolve("copy"));
    for (String file : List.of("key.pem", "certificate.pem")) {
      Files.copy(directory.resolve("node-1").resolve(file), copy.resolve(file));
    }
    TestNode thief =
        started(
            TestNode.knocking(
                TestNode.freeAddress(), secret(), identity("copy"), contact(nodes.get(0))));
    assertThat(write(nodes.get(1))).isEqualTo(200);
    nodes.forEach(node -> node.awaitMembers(2));
    await().until(() -> Refused.internal(nodes.get(0), "duplicate-identity") > 0);
    assertThat(thief.isReady()).isFalse();
    assertThat(thief.read("catalog").toString()).doesNotContain("UUID");
  }

  @Test
  void a_good_key_from_a_bad_address_is_refused_whatever_a_header_says() throws Exception {
    TestNode node =
        started(
            TestNode.at(
                TestNode.freeAddress(),
                operators(),
                "distri.node.whitelist.addresses=10.0.0.0/8",
                // Where Spring Boot would believe such headers by itself.
                "spring.main.cloud-platform=kubernetes"));
    SSLContext tls = SSLContext.getInstance("TLSv1.3");
    tls.init(
        operator.keyManagers(),
        new TrustManager[] {new KeyTrust((server, key) -> true)},
        new SecureRandom());
    try (HttpClient http = HttpClient.newBuilder().sslContext(tls).build()) {
      String nodes = "https://" + node.address().internal() + AdminMessages.NODES;
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(nodes)).POST(HttpRequest.BodyPublishers.noBody());
      for (String header : List.of("X-Forwarded-For", "X-Real-IP", "Forwarded")) {
        String good = header.equals("Forwarded") ? "for=10.1.2.3" : "10.1.2.3";
        assertThat(
                http.send(
                        request.copy().header(header, good).build(),
                        HttpResponse.BodyHandlers.discarding())
                    .statusCode())
            .isEqualTo(403);
      }
    }
    await().until(() -> Refused.internal(node, "foreign-address") == 3);
  }

  @Test
  void a_token_that_is_none_is_told_at_the_start_and_not_repeated() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(() ->
                TestNode.knocking(
                    TestNode.freeAddress(), "distri.node.join.token=distri-join-hunter2")))
        .hasStackTraceContaining("distri.node.join.token is no token")
        .hasMessageNotContaining("hunter2");
  }

  private List<TestNode> cluster(int size) {
    List<HostPort> addresses = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      addresses.add(TestNode.freeAddress());
    }
    String nodes =
        "distri.node.nodes="
            + String.join(",", addresses.stream().map(HostPort::toString).toList());
    List<TestNode> cluster = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      cluster.add(
          started(
              TestNode.at(
                  addresses.get(i),
                  nodes,
                  secret(),
                  operators(),
                  "distri.node.db.write-timeout=2s",
                  identity("node-" + i))));
    }
    cluster.forEach(node -> node.awaitMembers(size));
    return cluster;
  }

  private static boolean ready(TestNode node) {
    try {
      return node.isReady();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private TestNode started(TestNode node) {
    running.add(node);
    return node;
  }

  private String id(String name) {
    return Identity.loadOrCreate(directory.resolve(name)).id();
  }

  private String identity(String name) {
    return "distri.node.identity.dir=" + directory.resolve(name);
  }

  private String secret() {
    return "distri.node.cluster.secret-file=" + directory.resolve("secret");
  }

  private String operators() {
    return "distri.node.whitelist.operators=" + operator.id();
  }

  private static String contact(TestNode node) {
    return "distri.node.nodes=" + node.address();
  }

  private static int write(TestNode node) throws Exception {
    return node.call("AddDocument?param=catalog", "{\"a\":1}").statusCode();
  }

  private String token(TestNode node) throws Exception {
    InternalClient.Answer answer = post(operator, node, AdminMessages.TOKEN, new byte[0]);
    return wire.read(answer.body(), Token.class).text();
  }

  private Keys whitelist(TestNode node, Decision decision) throws Exception {
    InternalClient.Answer answer =
        post(operator, node, AdminMessages.WHITELIST, wire.write(decision));
    assertThat(answer.status()).isEqualTo(200);
    return wire.read(answer.body(), Keys.class);
  }

  private List<String> listed(TestNode node) throws Exception {
    return whitelist(node, new Decision(null, null)).keys().stream()
        .map(TrustEntry::keyId)
        .toList();
  }

  private static InternalClient.Answer post(
      Identity caller, TestNode node, String path, byte[] body) throws Exception {
    try (InternalClient client = new InternalClient(caller, (address, key) -> true)) {
      return client.post(node.address().internal(), path, body, PATIENCE);
    }
  }
}
