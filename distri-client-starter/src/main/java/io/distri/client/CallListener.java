package io.distri.client;

import io.distri.protocol.HostPort;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hears of every call, on the thread that makes it; must be quick and throw nothing. */
@FunctionalInterface
public interface CallListener {

  /**
   * A call begins; {@link #ended} follows on the same thread, before another one begins.
   *
   * @return headers that go with each try of the call, such as those of a trace
   */
  default Map<String, String> begun(String service) {
    return Map.of();
  }

  void ended(CallReport report);

  /**
   * An asynchronous call is handed to another thread, and this one, its caller's, goes on.
   *
   * @param call what that thread is to run
   * @return the same in what it takes along of this thread, such as its trace
   */
  default Runnable handedOver(Runnable call) {
    return call;
  }

  /**
   * How a call went.
   *
   * @param service that was called
   * @param outcome how it ended
   * @param node the last node that it was sent to; null where it was sent to none
   * @param elected why that node was taken; null where there was none
   * @param attempts how many times it was sent
   * @param elapsed from the call to its end
   */
  record CallReport(
      String service,
      Outcome outcome,
      @Nullable HostPort node,
      @Nullable String elected,
      int attempts,
      Duration elapsed) {}

  /** The ways a call can end. */
  enum Outcome {
    DONE,
    REJECTED,
    REFUSED_EVERYWHERE,
    DEADLINE_PASSED,
    OUTCOME_UNKNOWN,
    NO_NODE_KNOWN,
    INTERRUPTED,
    CLOSED
  }
}
