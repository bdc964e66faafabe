package io.distri.node;

import static io.distri.node.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.admin.AdminMessages;
import io.distri.node.admin.AdminMessages.Decision;
import io.distri.node.security.Role;
import io.distri.protocol.HostPort;
import io.distri.protocol.identity.Identity;
import io.distri.protocol.identity.KeyTrust;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;

/** Nodes that get into a cluster by key or token, and those that don't. */
class JoiningTest extends OperatedNodes {
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
  void a_newcomer_finds_a_member_where_version_01_listens() {
    HostPort address;
    do {
      address = new HostPort("127.0.0.1", TestNode.freeAddress().port() + 12_000);
    } while (!TestNode.isFree(address) || !TestNode.isFree(address.internalOfVersion01()));
    String internal = "distri.node.internal-port=" + address.internalOfVersion01().port();
    TestNode older = started(TestNode.at(address, internal, secret(), identity("older")));
    TestNode newcomer =
        started(TestNode.at(TestNode.freeAddress(), secret(), identity("new"), contact(older)));
    older.awaitMembers(2);
    newcomer.awaitMembers(2);
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
}
