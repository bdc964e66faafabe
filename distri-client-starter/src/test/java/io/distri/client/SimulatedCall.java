package io.distri.client;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * One call on the virtual clock. Follows {@link CallLoop} step by step, with an event wherever that
 * one sleeps or waits for a reply; what it decides by is the real thing. All calls are idempotent.
 */
final class SimulatedCall {

  private static final boolean REPEATABLE = true;

  private final SimulatedClient client;
  private final double work;
  private final Consumer<Boolean> done;
  private final long begunAtNanos;
  private final Deadline deadline;
  private final CallHistory history = new CallHistory();
  private boolean begun;
  private boolean given;

  SimulatedCall(SimulatedClient client, double work, Consumer<Boolean> done) {
    this.client = client;
    this.work = work;
    this.done = done;
    this.begunAtNanos = client.events.nowNanos();
    this.deadline = Deadline.after(DistriClientSettings.DEFAULT_DEADLINE, begunAtNanos);
    client.tally.begun(this, begunAtNanos);
  }

  /** The gate is open. */
  void begin() {
    if (given) {
      client.events.after(0, client.gate::leave);
      return;
    }
    begun = true;
    round();
  }

  boolean hasBegun() {
    return begun;
  }

  /** Its time is over; where it still stands in line, it goes. */
  void expireInLine() {
    if (!begun && !given) {
      given = true;
      report(false);
    }
  }

  private void round() {
    Duration left = remaining();
    if (!client.retries.isWorthwhile(history, left)) {
      end(false);
      return;
    }
    client.probeStale();
    List<Candidate> candidates = client.candidates(history);
    if (candidates.isEmpty()) {
      endRound(left);
      return;
    }
    Choice choice = client.policy.elect(candidates, client.random);
    Duration timeout =
        client.retries.timeout(
            REPEATABLE, left, history, candidates.size() - 1, choice.expectedDelayMs());
    attempt(choice, timeout);
  }

  private void endRound(Duration left) {
    if (history.soonest().compareTo(left) >= 0) {
      end(false);
      return;
    }
    Duration pause = client.retries.pause(history, client.random);
    client.events.after(
        pause.compareTo(left) < 0 ? pause : left,
        () -> {
          client.refresh();
          history.nextRound();
          round();
        });
  }

  private void attempt(Choice choice, Duration timeout) {
    history.elected(choice);
    SimulatedNode node = client.cluster.get(SimulatedNode.number(choice.node().address()));
    long sentAtNanos = client.events.nowNanos();
    client.tally.sent(choice.node().address(), sentAtNanos);
    client.health.sent(node.address(), SimulatedNode.CLASS);
    client.ask(
        caller -> node.send(work, timeout.toNanos(), caller),
        timeout,
        reply -> answered(node, reply, client.events.nowNanos() - sentAtNanos));
  }

  private void answered(SimulatedNode node, Reply reply, long elapsedNanos) {
    long now = client.events.nowNanos();
    TryOutcome outcome = TryOutcome.of(reply);
    client.count(reply);
    client.policy.heard(node.address(), reply, elapsedNanos / 1e6);
    client.health.ended(node.address(), SimulatedNode.CLASS, reply, outcome, elapsedNanos, now);
    if (outcome instanceof TryOutcome.Done) {
      client.budget.succeeded(client.nodes().size(), client.gate.inside(), now);
      end(true);
      return;
    }
    history.failed(node.address(), outcome);
    if (outcome instanceof TryOutcome.Unclear unclear) {
      repeatOrFail(unclear);
    } else {
      round();
    }
  }

  private void repeatOrFail(TryOutcome.Unclear outcome) {
    if (!client.retries.mayRepeat(REPEATABLE, history, client.nodes().size())) {
      end(false);
    } else {
      awaitBudget(client.retries.cost(outcome));
    }
  }

  private void awaitBudget(int cost) {
    long now = client.events.nowNanos();
    if (client.budget.take(cost, client.nodes().size(), client.gate.inside(), now)) {
      round();
    } else if (client.retries.isWorthwhile(history, remaining())) {
      client.events.after(client.retries.pauseForBudget(client.random), () -> awaitBudget(cost));
    } else {
      end(false);
    }
  }

  private Duration remaining() {
    return deadline.remaining(client.events.nowNanos());
  }

  private void end(boolean served) {
    report(served);
    client.gate.leave();
  }

  private void report(boolean served) {
    client.tally.ended(this, begunAtNanos, client.events.nowNanos(), served);
    done.accept(served);
  }
}
