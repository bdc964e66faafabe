package io.distri.node.security;

import static io.distri.node.TestNode.await;

import io.distri.node.TestNode;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two nodes that have nothing to tell cost; {@code SyncCostReport} counts the bytes. */
class IdlePairTest {
  @TempDir Path directory;

  @Test
  void heartbeats_use_the_connections_there_are_and_need_no_handshake() {
    List<TestNode> pair = TestNode.cluster(2, directory);
    try {
      Set<SocketAddress> before = new HashSet<>();
      // Those of the join and of the first messages, until no more are opened.
      await()
          .during(Duration.ofSeconds(5))
          .until(() -> !before.addAll(connections(pair)) && !before.isEmpty());
    } finally {
      pair.forEach(TestNode::close);
    }
  }

  private static Set<SocketAddress> connections(List<TestNode> pair) throws IOException {
    Set<SocketAddress> clients = new HashSet<>();
    for (TestNode node : pair) {
      for (SocketChannel open : node.context().getBean(InternalProtocol.class).connections()) {
        clients.add(open.getRemoteAddress());
      }
    }
    return clients;
  }
}
