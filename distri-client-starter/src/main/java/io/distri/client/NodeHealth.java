package io.distri.client;

import io.distri.protocol.Headers;
import io.distri.protocol.HostPort;
import io.distri.protocol.LoadReport;
import io.distri.protocol.NodeState;
import io.distri.protocol.WorkClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where all evidence on the nodes comes in, from calls, probes and the node table, and goes on to
 * the scores and the breakers. Safe for many threads.
 */
final class NodeHealth {

  /** A caller that waited for less can't tell a busy node from a dead one. */
  private static final Duration LEAST_PATIENCE = Duration.ofMillis(250);

  private final ScoreTracker scores;
  private final Breakers breakers;

  NodeHealth(ScoreTracker scores, Breakers breakers) {
    this.scores = scores;
    this.breakers = breakers;
  }

  /** A call goes out to the node; {@link #ended} or {@link #abandoned} must follow. */
  void sent(HostPort node, WorkClass workClass) {
    scores.of(node).sent(workClass);
  }

  /** A call came back from the node. */
  void ended(
      HostPort node,
      WorkClass workClass,
      Reply reply,
      TryOutcome outcome,
      long elapsedNanos,
      long nowNanos) {
    NodeScore score = scores.of(node);
    boolean executed = outcome instanceof TryOutcome.Done;
    reconsider(node, score.ended(workClass, report(reply).orElse(null), executed, nowNanos));
    boolean hasty = outcome.isTimeout() && elapsedNanos < LEAST_PATIENCE.toNanos();
    if (outcome.isFailureOfNode() && !hasty) {
      score.failed(!(reply instanceof Reply.NotSent), nowNanos);
      breakers.failed(node, elapsedNanos);
    } else if (outcome.isSignOfHealth()) {
      score.succeeded();
      breakers.succeeded(node, elapsedNanos);
    }
  }

  /** A call was given up before there was anything to learn. */
  void abandoned(HostPort node, WorkClass workClass) {
    scores.of(node).ended(workClass, null, false, 0);
  }

  /** A probe came back. */
  void probed(HostPort node, Reply reply, long elapsedNanos, long nowNanos) {
    Optional<LoadReport> report = report(reply);
    breakers.probed(node, report.isPresent(), elapsedNanos);
    report.ifPresentOrElse(
        news -> reconsider(node, scores.of(node).reported(news, nowNanos)),
        () -> scores.of(node).silent(nowNanos));
  }

  /** The node table told of the node. */
  void tabled(HostPort node, NodeState state, LoadReport report, long nowNanos) {
    NodeScore.Effect effect = scores.of(node).heardOf(report, nowNanos);
    if (effect != NodeScore.Effect.NONE && state == NodeState.UP) {
      breakers.reconsider(node);
    }
  }

  /** The nodes that a round of a call may choose from. */
  List<Node> eligible(List<Node> nodes, String service, long nowNanos) {
    List<Node> assessed = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      assessed.add(node.in(scores.state(node, nowNanos)));
    }
    return Eligibility.of(assessed, service, breakers.open(nodes));
  }

  /** The nodes as they stand for election now. */
  List<Candidate> freeze(List<Node> nodes, WorkClass workClass, long nowNanos) {
    return scores.freeze(nodes, workClass, nowNanos);
  }

  /**
   * Whether the node's last report is older than that, and its breaker lets a probe pass. If so, it
   * counts on {@link #probed}.
   */
  boolean needsProbe(HostPort node, Duration age, long nowNanos) {
    return scores.of(node).isOlderThan(age, nowNanos) && breakers.admitsProbe(node);
  }

  /** Whether there is reason to think that the node is back, so that a probe is due at once. */
  boolean mayBeBack(HostPort node) {
    return breakers.awaitsProbe(node);
  }

  /** Forgets all nodes but these. */
  void retain(Collection<Node> nodes) {
    scores.retain(nodes);
    breakers.retain(nodes);
  }

  /**
   * A node that is back is reason to look at the others that could not be reached: what kept them
   * all away, a network or a power cut, may be over. Without it the breakers of half the nodes stay
   * open for seconds after such an outage.
   */
  private void reconsider(HostPort node, NodeScore.Effect effect) {
    if (effect == NodeScore.Effect.BACK) {
      breakers.reconsider(node);
      scores.unreachable().forEach(breakers::reconsider);
    }
  }

  private static Optional<LoadReport> report(Reply reply) {
    return reply instanceof Reply.Answer answer && !answer.header(Headers.LOAD).isEmpty()
        ? LoadReport.parse(answer.header(Headers.LOAD))
        : Optional.empty();
  }
}
