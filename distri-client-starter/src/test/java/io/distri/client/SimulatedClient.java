package io.distri.client;

import io.distri.protocol.Headers;
import io.distri.protocol.HostPort;
import io.distri.protocol.LoadReport;
import io.distri.protocol.ServiceNames;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * One {@code DistriClient} on the virtual clock: the real scores, breakers, probe turns, retry
 * policy and budget; what blocks threads in {@link CallLoop}, {@link Prober} and {@link Gate} is
 * done by events here.
 */
final class SimulatedClient {

  private static final String SERVICE = ServiceNames.ENCRYPT;

  /** As in {@link CallLoop}. */
  private static final int ROOM_OF_UNKNOWN_NODE = 16;

  /** Any node holds as many, so with fewer inside the gate is open and need not be measured. */
  private static final int SURELY_OPEN = 5;

  /** {@link CallLoop} asks with every call; it changes slowly, and asking takes time. */
  private static final Duration ROOM_KNOWN = Duration.ofMillis(10);

  final EventQueue events;
  final List<SimulatedNode> cluster;
  final Random random;
  final Tally tally;
  final SimulatedGate gate = new SimulatedGate(DistriClientSettings.DEFAULT_MAX_IN_FLIGHT);
  final RetryPolicy retries = new RetryPolicy(DistriClientSettings.Retry.DEFAULT);
  final RetryBudget budget = new RetryBudget(0);
  final NodeHealth health;
  final Policy policy;

  private final Rule rule;
  private final ProbeTurns turns;
  private final SimulatedDirectory directory;
  private long roomKnownUntilNanos;

  SimulatedClient(
      Rule rule, List<SimulatedNode> cluster, EventQueue events, Random random, Tally tally) {
    this.rule = rule;
    this.cluster = cluster;
    this.events = events;
    this.random = random;
    this.tally = tally;
    this.policy = rule.policy(cluster, events::nowNanos);
    this.health =
        new NodeHealth(
            new ScoreTracker(), new Breakers(CircuitBreakerRegistry.ofDefaults(), events));
    this.turns = new ProbeTurns(DistriClientSettings.Election.DEFAULT, health);
    this.directory = new SimulatedDirectory(cluster, health, events, random, tally);
  }

  /**
   * A caller calls.
   *
   * @param work in mean service times
   * @param done is told whether it was served, at the end
   */
  void call(double work, Consumer<Boolean> done) {
    directory.refresh();
    if (gate.inside() >= SURELY_OPEN && events.nowNanos() >= roomKnownUntilNanos) {
      roomKnownUntilNanos = events.nowNanos() + ROOM_KNOWN.toNanos();
      gate.resize(room());
    }
    SimulatedCall call = new SimulatedCall(this, work, done);
    gate.enter(call::begin);
    if (!call.hasBegun()) {
      events.after(DistriClientSettings.DEFAULT_DEADLINE, call::expireInLine);
    }
  }

  private int room() {
    int room = 0;
    for (Candidate candidate : health.freeze(eligible(), SimulatedNode.CLASS, events.nowNanos())) {
      LoadReport.Work work = candidate.work();
      room += work == null ? ROOM_OF_UNKNOWN_NODE : work.permits() + work.queueBound();
    }
    return room;
  }

  List<Node> nodes() {
    return directory.nodes();
  }

  void refresh() {
    directory.refresh();
  }

  private List<Node> eligible() {
    return rule.breakers() ? health.eligible(nodes(), SERVICE, events.nowNanos()) : nodes();
  }

  List<Candidate> candidates(CallHistory history) {
    return health.freeze(history.untried(eligible()), SimulatedNode.CLASS, events.nowNanos());
  }

  void probeStale() {
    if (!rule.probes()) {
      return;
    }
    for (HostPort address : turns.take(nodes(), events.nowNanos())) {
      tally.probed();
      ask(
          consumer -> cluster.get(SimulatedNode.number(address)).probe(consumer),
          DistriClientSettings.Election.DEFAULT.probeTimeout(),
          reply -> probed(address, reply));
    }
  }

  private void probed(HostPort address, Reply reply) {
    long now = events.nowNanos();
    count(reply);
    policy.probed(address, reply);
    health.probed(address, reply, 0, now);
    turns.end(address, reply instanceof Reply.Answer, now);
  }

  /**
   * Sends, and passes on the reply, or after the timeout that there was none; one of them, once.
   */
  void ask(Consumer<Consumer<Reply>> send, Duration timeout, Consumer<Reply> then) {
    Consumer<Reply> once =
        new Consumer<>() {
          private boolean over;

          @Override
          public void accept(Reply reply) {
            if (!over) {
              over = true;
              then.accept(reply);
            }
          }
        };
    send.accept(once);
    events.after(timeout, () -> once.accept(new Reply.Lost("no answer in time", true)));
  }

  void count(Reply reply) {
    if (reply instanceof Reply.Answer answer) {
      tally.reported(answer.header(Headers.LOAD).length());
    }
  }
}
