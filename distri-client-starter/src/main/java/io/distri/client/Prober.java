package io.distri.client;

import io.distri.protocol.HostPort;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks nodes for their load whose last report is old, set off by calls and off their path: an idle
 * client asks nobody. Safe for many threads.
 */
final class Prober {

  private static final Message QUESTION = Message.get("/probe");

  private static final Logger log = LoggerFactory.getLogger(Prober.class);

  private final DistriClientSettings.Election settings;
  private final NodeTransport transport;
  private final NodeHealth health;
  private final Executor background;
  private final LongSupplier nanoTime;
  private final ProbeTurns turns;

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
    this.turns = new ProbeTurns(settings, health);
  }

  /**
   * A call is about to be sent to one of the nodes: begins the probes that are due, never blocks.
   */
  void probeStale(List<Node> nodes) {
    for (HostPort address : turns.take(nodes, nanoTime.getAsLong())) {
      begin(address);
    }
  }

  private void begin(HostPort address) {
    try {
      background.execute(() -> probe(address));
    } catch (RejectedExecutionException closed) {
      turns.end(address, false, nanoTime.getAsLong());
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
      turns.end(address, answered, nanoTime.getAsLong());
    }
  }
}
