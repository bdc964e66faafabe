package io.distri.node.sync;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Observes the messages that carry documents as {@code distri.sync}: a timer, and where the node
 * traces a span in the trace of the call that brought them, which goes on at the other node. Of the
 * calls whose writes go in one message, that is the last. Safe for use by many threads.
 */
final class SyncObservations {
  private static final String NAME = "distri.sync";

  private final ObservationRegistry registry;
  private final Counter sent;
  private final Counter received;

  SyncObservations(ObservationRegistry registry, MeterRegistry meters) {
    this.registry = registry;
    this.sent = counter(meters, "sent");
    this.received = counter(meters, "received");
  }

  private static Counter counter(MeterRegistry meters, String direction) {
    return Counter.builder("distri.sync.bytes")
        .description("bodies of the messages to other nodes, and of their answers")
        .baseUnit("bytes")
        .tag("direction", direction)
        .register(meters);
  }

  /** A message and what has to be in its headers. */
  @FunctionalInterface
  interface Message<T> {
    T send(Map<String, String> headers) throws IOException, InterruptedException;
  }

  /** The call that this thread serves; null where it serves none. */
  @Nullable Observation current() {
    return registry.getCurrentObservation();
  }

  /**
   * Sends a message.
   *
   * @param kind {@code push} or {@code pull}
   * @param cause the call that brought what is sent; null where there is none
   */
  <T> T observe(String kind, @Nullable Observation cause, Message<T> message)
      throws IOException, InterruptedException {
    Map<String, String> headers = new HashMap<>();
    SenderContext<Map<String, String>> context =
        new SenderContext<>(
            (carrier, key, value) -> Objects.requireNonNull(carrier).put(key, value));
    context.setCarrier(headers);
    Observation observation =
        Observation.createNotStarted(NAME, () -> context, registry)
            .contextualName("distri " + kind)
            .lowCardinalityKeyValue("kind", kind)
            .parentObservation(cause)
            .start();
    try {
      return message.send(headers);
    } catch (IOException | InterruptedException | RuntimeException failure) {
      observation.error(failure);
      throw failure;
    } finally {
      observation.stop();
    }
  }

  /** Counts what went to another node and came back. */
  void moved(int bytesSent, int bytesReceived) {
    sent.increment(bytesSent);
    received.increment(bytesReceived);
  }
}
