package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.admin.AdminMessages;
import io.distri.node.admin.AdminMessages.Decision;
import io.distri.node.admin.AdminMessages.Keys;
import io.distri.node.admin.AdminMessages.Token;
import io.distri.node.security.InternalClient;
import io.distri.node.security.InternalWire;
import io.distri.node.security.TrustEntry;
import io.distri.protocol.HostPort;
import io.distri.protocol.identity.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests with nodes that take orders: of an operator whose key they know. */
abstract class OperatedNodes {
  static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir Path directory;
  final Identity operator = Identity.generate();
  final InternalWire wire = new InternalWire();
  private final List<TestNode> running = new ArrayList<>();

  @AfterEach
  void stop() {
    running.forEach(TestNode::close);
  }

  List<TestNode> cluster(int size) {
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

  static boolean ready(TestNode node) {
    try {
      return node.isReady();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  TestNode started(TestNode node) {
    running.add(node);
    return node;
  }

  String id(String name) {
    return Identity.loadOrCreate(directory.resolve(name)).id();
  }

  String identity(String name) {
    return "distri.node.identity.dir=" + directory.resolve(name);
  }

  String secret() {
    return "distri.node.cluster.secret-file=" + directory.resolve("secret");
  }

  String operators() {
    return "distri.node.whitelist.operators=" + operator.id();
  }

  static String contact(TestNode node) {
    return "distri.node.nodes=" + node.address();
  }

  static int write(TestNode node) throws Exception {
    return node.call("AddDocument?param=catalog", "{\"a\":1}").statusCode();
  }

  String token(TestNode node) throws Exception {
    InternalClient.Answer answer = post(operator, node, AdminMessages.TOKEN, new byte[0]);
    return wire.read(answer.body(), Token.class).text();
  }

  Keys whitelist(TestNode node, Decision decision) throws Exception {
    InternalClient.Answer answer =
        post(operator, node, AdminMessages.WHITELIST, wire.write(decision));
    assertThat(answer.status()).isEqualTo(200);
    return wire.read(answer.body(), Keys.class);
  }

  List<String> listed(TestNode node) throws Exception {
    return whitelist(node, new Decision(null, null)).keys().stream()
        .map(TrustEntry::keyId)
        .toList();
  }

  static InternalClient.Answer post(Identity caller, TestNode node, String path, byte[] body)
      throws Exception {
    try (InternalClient client = TestNode.internalClient(caller)) {
      return client.post(node.address().internal(), path, body, PATIENCE);
    }
  }
}
