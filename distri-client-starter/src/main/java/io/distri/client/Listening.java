package io.distri.client;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import io.distri.protocol.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Finds a node that streams events: any will do, so that listeners spread over them. */
final class Listening {

  /** Between two rounds in which no node answered. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private static final int TOO_MANY = 429;

  /** A node that does not serve yet tells those who understand it, and keeps others waiting. */
  private static final String ACCEPT = "text/event-stream, application/problem+json";

  private final NodeDirectory directory;
  private final HttpTransport transport;
  private final Duration patience;

  Listening(NodeDirectory directory, HttpTransport transport, Duration patience) {
    this.directory = directory;
    this.transport = transport;
    this.patience = patience;
  }

  EventStream listen(String path, String lastEventId) {
    Message question =
        Message.get(path)
            .with(
                lastEventId.isEmpty()
                    ? Map.of("Accept", ACCEPT)
                    : Map.of("Accept", ACCEPT, "Last-Event-ID", lastEventId));
    long end = System.nanoTime() + patience.toNanos();
    String reason = "none is known";
    try {
      directory.refresh();
      directory.awaitFirstNames(patience);
      do {
        for (Node node : anyOrder()) {
          try {
            return listen(node.address(), path, question);
          } catch (IOException unreachable) {
            reason = node.address() + ": " + unreachable.getMessage();
          }
        }
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        directory.refresh();
      } while (System.nanoTime() - end < 0);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CallInterruptedException(
          path + " was not listened to: the calling thread was interrupted.", path, List.of());
    }
    throw new RefusedEverywhereException(
        "No node lets this client listen to " + path + "; the last one tried: " + reason,
        path,
        List.of());
  }

  private EventStream listen(HostPort node, String path, Message question) throws IOException {
    HttpTransport.Opened opened = transport.open(node, question);
    EventStream stream = opened.stream();
    if (stream != null) {
      return stream;
    }
    Reply.Answer answer = opened.answer();
    Problem problem = Problems.of(answer);
    if (answer.status() >= 500
        || answer.status() == TOO_MANY
        || problem.is(ProblemType.NOT_FOUND)) {
      throw new IOException("it answered " + problem);
    }
    throw new RejectedException(
        path + " was rejected by " + node + ": " + problem, path, problem, List.of());
  }

  private List<Node> anyOrder() {
    List<Node> nodes = new ArrayList<>(directory.nodes());
    Collections.shuffle(nodes);
    nodes.sort(Comparator.comparing(node -> node.state() != NodeState.UP));
    return nodes;
  }
}
