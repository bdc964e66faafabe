package io.distri.client;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeStats;
import io.distri.protocol.ServiceNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks every node for its stats at once: no election, and no node's silence holds up the others.
 */
final class StatsSurvey {

  /** Nodes answer Stats without admission, so even a busy one is well within this. */
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /** Enough to ask any cluster of the size this is made for in one go. */
  private static final int ASKED_AT_ONCE = 64;

  private static final Message QUESTION =
      new Message(
          "POST",
          "/services/" + ServiceNames.STATS,
          Map.of("Accept", "application/json"),
          new byte[0]);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final NodeDirectory directory;
  private final NodeTransport transport;

  StatsSurvey(NodeDirectory directory, NodeTransport transport) {
    this.directory = directory;
    this.transport = transport;
  }

  /** The answers in the order of the directory, each node's once. */
  List<NodeAnswer> ask() throws InterruptedException {
    directory.awaitFresh(TIMEOUT);
    List<Node> nodes = directory.nodes();
    if (nodes.isEmpty()) {
      return List.of();
    }
    List<Callable<NodeAnswer>> questions =
        nodes.stream().map(node -> (Callable<NodeAnswer>) () -> ask(node.address())).toList();
    ExecutorService threads =
        DaemonThreads.pool(
            "distri-client-stats", Math.min(nodes.size(), ASKED_AT_ONCE), nodes.size());
    try {
      return distinct(threads.invokeAll(questions));
    } finally {
      threads.shutdownNow();
    }
  }

  private NodeAnswer ask(HostPort address) {
    Reply reply = transport.exchange(address, QUESTION, TIMEOUT);
    if (reply instanceof Reply.NotSent notSent) {
      return new NodeAnswer.Silent(address, notSent.reason());
    }
    if (reply instanceof Reply.Lost lost) {
      return new NodeAnswer.Silent(address, lost.reason());
    }
    Reply.Answer answer = (Reply.Answer) reply;
    if (answer.status() != 200) {
      return new NodeAnswer.Silent(address, Problems.of(answer).toString());
    }
    try {
      return new NodeAnswer.Answered(address, JSON.readValue(answer.body(), NodeStats.class));
    } catch (JacksonException malformed) {
      return new NodeAnswer.Silent(address, "its stats can't be read");
    }
  }

  /** Two addresses may lead to one node, which no answer told before. */
  private static List<NodeAnswer> distinct(List<Future<NodeAnswer>> answers)
      throws InterruptedException {
    Set<String> ids = new HashSet<>();
    List<NodeAnswer> distinct = new ArrayList<>();
    for (Future<NodeAnswer> future : answers) {
      NodeAnswer answer = get(future);
      if (!(answer instanceof NodeAnswer.Answered answered) || ids.add(answered.stats().node())) {
        distinct.add(answer);
      }
    }
    return distinct;
  }

  private static NodeAnswer get(Future<NodeAnswer> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the client is closed", failed.getCause());
    }
  }
}
