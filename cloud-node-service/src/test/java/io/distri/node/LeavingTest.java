package io.distri.node;

import static io.distri.node.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.admin.AdminMessages;
import io.distri.node.admin.AdminMessages.Decision;
import io.distri.node.local.LocalNode;
import io.distri.node.membership.MemberTable;
import io.distri.node.security.InternalClient;
import io.distri.node.security.Role;
import io.distri.protocol.identity.Identity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that leave a cluster, are evicted from it, or get another key. */
class LeavingTest extends OperatedNodes {
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
  void a_node_that_keeps_nothing_leaves_when_it_is_told_to_stop() throws Exception {
    List<TestNode> nodes = cluster(2);
    TestNode extra =
        started(
            TestNode.at(
                TestNode.freeAddress(),
                secret(),
                contact(nodes.get(0)),
                "distri.node.leave-on-stop=true"));
    nodes.forEach(node -> node.awaitMembers(3));
    assertThat(write(extra)).isEqualTo(200);
    extra.close();
    nodes.forEach(node -> node.awaitMembers(2));
    assertThat(nodes.get(1).read("catalog").size()).as("its write was handed over").isEqualTo(1);
    assertThat(TestNode.text(nodes.get(0).get("/nodes"))).contains("LEFT");
    assertThat(nodes.get(0).context().getBean(MemberTable.class).electorate().others())
        .isEqualTo(1);
  }

  @Test
  void a_node_that_cannot_hand_over_what_it_holds_keeps_its_vote() throws Exception {
    List<TestNode> nodes = cluster(2);
    assertThat(write(nodes.get(1))).isEqualTo(200);
    TestNode extra = started(TestNode.at(TestNode.freeAddress(), secret(), contact(nodes.get(0))));
    nodes.get(0).awaitMembers(3);
    nodes.get(1).awaitMembers(3);
    nodes.get(1).close();
    await().until(() -> write(nodes.get(0)) == 200);
    extra.context().getBean(LocalNode.class).leaveAtEnd();
    extra.close();
    String table = TestNode.text(nodes.get(0).get("/nodes"));
    assertThat(table).as("of two that stay one is down").doesNotContain("LEFT");
    assertThat(nodes.get(0).context().getBean(MemberTable.class).electorate().others())
        .isEqualTo(2);
    nodes.get(1).start();
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
}
