package io.distri.client;

import io.distri.protocol.Headers;
import io.distri.protocol.HostPort;
import io.distri.protocol.LoadReport;
import io.distri.protocol.ServiceNames;
import io.distri.protocol.WorkClass;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The path of every call, from the line at the gate to its answer or exception: elect a node, send,
 * learn from what came back, and go on as long as the retry policy and the deadline allow. Runs on
 * the caller's thread; safe for many at once.
 */
final class CallLoop {

  /** Calls that a node surely has room for while it has not told: what a small one holds. */
  private static final int ROOM_OF_UNKNOWN_NODE = 16;

  /**
   * Who offers a service of the cluster's own is known from the node table alone; the first call of
   * one waits for it, for a quarter of its time at most: where it doesn't come, nodes answer 404
   * and others follow.
   */
  private static final Duration FIRST_TABLE = Duration.ofMillis(500);

  private static final int SHARE_FOR_FIRST_TABLE = 4;

  private static final Logger log = LoggerFactory.getLogger(CallLoop.class);

  private final NodeDirectory directory;
  private final NodeTransport transport;
  private final NodeHealth health;
  private final Prober prober;
  private final Gate gate;
  private final RetryPolicy policy;
  private final RetryBudget budget;
  private final @Nullable Session session;
  private final Ballot ballot;
  private final RandomGenerator random;
  private final LongSupplier nanoTime;

  /**
   * Wires the path.
   *
   * @param session null where reads need not see the client's own writes
   */
  CallLoop(
      NodeDirectory directory,
      NodeTransport transport,
      NodeHealth health,
      Prober prober,
      Gate gate,
      RetryPolicy policy,
      RetryBudget budget,
      @Nullable Session session,
      Ballot ballot,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this.directory = directory;
    this.transport = transport;
    this.health = health;
    this.prober = prober;
    this.gate = gate;
    this.policy = policy;
    this.budget = budget;
    this.session = session;
    this.ballot = ballot;
    this.random = random;
    this.nanoTime = nanoTime;
  }

  /**
   * Makes the call.
   *
   * @param history begun by the caller, who may report it afterwards
   */
  DistriResponse run(Call call, CallHistory history) {
    try {
      awaitNodes(call);
      if (!gate.enter(call.workClass(), remaining(call))) {
        throw CallFailures.notAdmitted(call, gate.inside());
      }
      try {
        return rounds(call, history);
      } finally {
        gate.leave(call.workClass());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CallFailures.interrupted(call, history);
    }
  }

  private void awaitNodes(Call call) throws InterruptedException {
    directory.refresh();
    directory.awaitFirstNames(remaining(call));
    if (call.workClass() == WorkClass.USER && !call.service().equals(ServiceNames.STATS)) {
      Duration share = remaining(call).dividedBy(SHARE_FOR_FIRST_TABLE);
      directory.awaitFirstTable(share.compareTo(FIRST_TABLE) < 0 ? share : FIRST_TABLE);
    }
    if (directory.nodes().isEmpty()) {
      throw CallFailures.noNode(call, directory.contacts());
    }
  }

  /** How many calls of its class the nodes that may serve it can hold, running and queued. */
  private static int room(List<Candidate> candidates) {
    long room = 0;
    for (Candidate candidate : candidates) {
      LoadReport.Work work = candidate.work();
      room += work == null ? ROOM_OF_UNKNOWN_NODE : (long) work.permits() + work.queueBound();
    }
    return (int) Math.min(room, Integer.MAX_VALUE);
  }

  private DistriResponse rounds(Call call, CallHistory history) throws InterruptedException {
    while (true) {
      Duration left = remaining(call);
      if (!policy.isWorthwhile(history, left)) {
        throw CallFailures.deadlinePassed(call, history);
      }
      List<Node> nodes = directory.nodes();
      prober.probeStale(nodes);
      List<Candidate> candidates = candidates(call, history, nodes);
      if (history.attempts() == 0) {
        // No node is left out yet, so these are all: the next callers find the line as it has to
        // be.
        gate.resize(call.workClass(), room(candidates));
      }
      Optional<Choice> choice = ballot.elect(candidates, random);
      if (choice.isEmpty()) {
        endRound(call, history, nodes);
        continue;
      }
      log.debug("{} elects {} of {}", call.service(), choice.get(), candidates);
      Duration timeout =
          policy.timeout(
              call.repeatable(),
              left,
              history,
              candidates.size() - 1,
              choice.get().expectedDelayMs());
      Optional<DistriResponse> response = attempt(call, history, choice.get(), timeout);
      if (response.isPresent()) {
        return response.get();
      }
    }
  }

  private List<Candidate> candidates(Call call, CallHistory history, List<Node> nodes) {
    long now = nanoTime.getAsLong();
    List<Node> eligible = health.eligible(nodes, call.service(), now);
    return health.freeze(history.untried(eligible), call.workClass(), now);
  }

  private void endRound(Call call, CallHistory history, List<Node> nodes)
      throws InterruptedException {
    Problem unknownService = history.offeredByNone(nodes);
    if (unknownService != null) {
      throw CallFailures.rejected(call, history, "every node", unknownService);
    }
    Duration left = remaining(call);
    if (history.soonest().compareTo(left) >= 0) {
      throw CallFailures.deadlinePassed(call, history);
    }
    Duration pause = policy.pause(history, random);
    TimeUnit.NANOSECONDS.sleep((pause.compareTo(left) < 0 ? pause : left).toNanos());
    directory.refresh();
    history.nextRound();
  }

  /** One try; empty where the call goes on. */
  private Optional<DistriResponse> attempt(
      Call call, CallHistory history, Choice choice, Duration timeout) throws InterruptedException {
    HostPort node = choice.node().address();
    history.elected(choice);
    TryOutcome outcome = exchange(call, node, timeout);
    if (outcome instanceof TryOutcome.Done done) {
      budget.succeeded(directory.nodes().size(), gate.inside(), nanoTime.getAsLong());
      Reply.Answer answer = done.answer();
      return Optional.of(
          new DistriResponse(
              answer.status(), answer.body(), answer.headers(), node, history.attempts()));
    }
    history.failed(node, outcome);
    if (outcome instanceof TryOutcome.Rejected rejected) {
      throw CallFailures.rejected(call, history, node.toString(), rejected.problem());
    }
    if (outcome instanceof TryOutcome.Unclear unclear) {
      repeatOrFail(call, history, unclear);
    }
    return Optional.empty();
  }

  private TryOutcome exchange(Call call, HostPort node, Duration timeout) {
    Session tokens = call.isDb() ? session : null;
    String sent = tokens == null ? "" : tokens.header();
    Message message = call.message(timeout, sent);
    long begun = nanoTime.getAsLong();
    health.sent(node, call.workClass());
    Reply reply;
    try {
      reply = transport.exchange(node, message, timeout);
    } catch (RuntimeException | Error broken) {
      health.abandoned(node, call.workClass());
      throw broken;
    }
    long now = nanoTime.getAsLong();
    TryOutcome outcome = TryOutcome.of(reply);
    health.ended(node, call.workClass(), reply, outcome, now - begun, now);
    if (reply instanceof Reply.Answer answer) {
      directory.answered(node, answer.header(Headers.NODE));
      if (tokens != null) {
        tokens.saw(answer.header(Headers.SESSION), sent);
      }
    }
    return outcome;
  }

  /**
   * Returns when the call may be sent again. An empty budget makes it wait: retries stay few, and a
   * call that another node could serve is not failed for the failures of others.
   */
  private void repeatOrFail(Call call, CallHistory history, TryOutcome.Unclear outcome)
      throws InterruptedException {
    int nodes = directory.nodes().size();
    if (!policy.mayRepeat(call.repeatable(), history, nodes)) {
      throw policy.isWorthwhile(history, remaining(call))
          ? CallFailures.outcomeUnknown(
              call,
              history,
              call.repeatable() ? "it was tried too often" : "it is not known to be idempotent")
          : CallFailures.deadlinePassed(call, history);
    }
    int cost = policy.cost(outcome);
    while (!budget.take(cost, nodes, gate.inside(), nanoTime.getAsLong())) {
      if (!policy.isWorthwhile(history, remaining(call))) {
        throw CallFailures.deadlinePassed(call, history);
      }
      TimeUnit.NANOSECONDS.sleep(policy.pauseForBudget(random).toNanos());
    }
  }

  private Duration remaining(Call call) {
    return call.deadline().remaining(nanoTime.getAsLong());
  }
}
