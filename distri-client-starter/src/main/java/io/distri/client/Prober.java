package io.distri.client;

import io.distri.protocol.HostPort;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks nodes for their load whose last report is old, set off by calls and off their path: an idle
 * client asks nobody. At most a few nodes a call, and each node by one probe at a time; one that
 * stays silent is asked less and less often. Safe for many threads.
 */
final class Prober {

  private static final Message QUESTION = Message.get("/probe");

  /** The longest pause between probes of a node that stays silent: it may be back any time. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private static final int MOST_DOUBLINGS = 10;

  private static final Logger log = LoggerFactory.getLogger(Prober.class);

  private final DistriClientSettings.Election settings;
  private final NodeTransport transport;
  private final NodeHealth health;
  private final Executor background;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<HostPort, Turn> turns = new ConcurrentHashMap<>();

  /** Whose turn is when; guarded by itself. */
  private static final class Turn {
    boolean running;
    boolean started;
    long dueAtNanos;
    int silences;
  }

  Prober(
      DistriClientSettings.Election settings,
      NodeTransport transport,
      NodeHealth health,
      Executor background,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.transport = transport;
    this.health = health;
    this.background = background;
    this.nanoTime = nanoTime;
  }

  /**
   * A call is about to be sent: begins the probes that are due, and never blocks.
   *
   * @param nodes all there are; what is remembered of others is forgotten
   */
  void probeStale(List<Node> nodes) {
    if (turns.size() > nodes.size()) {
      turns.keySet().retainAll(nodes.stream().map(Node::address).collect(Collectors.toSet()));
    }
    long now = nanoTime.getAsLong();
    int begun = 0;
    for (Node node : nodes) {
      HostPort address = node.address();
      if (begun < settings.probesPerCall() && takeTurn(address, now)) {
        begun++;
        begin(address);
      }
    }
  }

  private boolean takeTurn(HostPort address, long now) {
    Turn turn = turns.computeIfAbsent(address, key -> new Turn());
    synchronized (turn) {
      if (turn.running
          || (turn.started && now - turn.dueAtNanos < 0)
          || !health.needsProbe(address, settings.reportMaxAge(), now)) {
        return false;
      }
      turn.running = true;
      turn.started = true;
      return true;
    }
  }

  private void begin(HostPort address) {
    try {
      background.execute(() -> probe(address));
    } catch (RejectedExecutionException closed) {
      endTurn(address, false);
    }
  }

  private void probe(HostPort address) {
    long begun = nanoTime.getAsLong();
    boolean answered = false;
    try {
      Reply reply = transport.exchange(address, QUESTION, settings.probeTimeout());
      long now = nanoTime.getAsLong();
      health.probed(address, reply, now - begun, now);
      answered = reply instanceof Reply.Answer;
    } catch (IllegalStateException closed) {
      log.trace("Given up, the client was closed", closed);
    } finally {
      endTurn(address, answered);
    }
  }

  private void endTurn(HostPort address, boolean answered) {
    Turn turn = turns.computeIfAbsent(address, key -> new Turn());
    synchronized (turn) {
      turn.running = false;
      turn.silences = answered ? 0 : Math.min(turn.silences + 1, MOST_DOUBLINGS);
      long pause = settings.reportMaxAge().toNanos() << turn.silences;
      turn.dueAtNanos = nanoTime.getAsLong() + Math.min(pause, LONGEST_PAUSE.toNanos());
    }
  }
}
