package io.distri.node.stream;

import io.distri.node.problem.ProblemException;
import io.distri.protocol.ProblemType;
import io.distri.protocol.guard.Places;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * The streams of one kind that a node holds open. Each takes a connection and a virtual thread for
 * as long as its caller likes, so there are only so many places, and callers of one address get a
 * share of them. Safe for use by many threads.
 */
public final class EventStreams {
  /** Enough for the tabs of a browser, two peers and the tools of a developer on one machine. */
  private static final int LEAST_SHARE = 8;

  private static final Duration COME_BACK = Duration.ofSeconds(5);

  private final Places places;

  /**
   * @param kind in the metrics
   * @param places streams at one time
   * @param sharePercent how many of them callers of one address may have, in percent
   */
  public EventStreams(String kind, int places, int sharePercent, MeterRegistry meters) {
    this.places = new Places(places, Math.max(LEAST_SHARE, places * sharePercent / 100));
    Gauge.builder("distri.streams", this.places, Places::taken)
        .description("streams of server-sent events that callers hold open")
        .tag("kind", kind)
        .register(meters);
  }

  /** Says how a stream begins, once there is a place for it. */
  @FunctionalInterface
  public interface Source {
    /**
     * Makes all that may fail ready.
     *
     * @throws ProblemException where the caller gets no stream
     */
    Events begin() throws InterruptedException;
  }

  /** What a stream tells. */
  @FunctionalInterface
  public interface Events {
    /** Writes events; the stream ends when it returns. */
    void writeTo(EventOutput out) throws IOException, InterruptedException;
  }

  /**
   * Answers a request with a stream; a {@code HEAD} with its headers alone, which takes no place.
   * Blocks until the stream ends.
   *
   * @throws IOException where the caller is gone or does not keep up
   */
  public void answer(HttpServletRequest request, HttpServletResponse response, Source source)
      throws IOException, InterruptedException {
    if (HttpMethod.HEAD.matches(request.getMethod())) {
      source.begin();
      writeHeaders(response);
      return;
    }
    String caller = request.getRemoteAddr();
    take(caller);
    try {
      Events events = source.begin();
      writeHeaders(response);
      events.writeTo(new EventOutput(response.getOutputStream()));
    } finally {
      places.leave(caller);
    }
  }

  /** So that nothing between node and caller keeps, compresses or gathers events. */
  private static void writeHeaders(HttpServletResponse response) {
    response.setContentType("text/event-stream;charset=UTF-8");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store, no-transform");
    response.setHeader("X-Accel-Buffering", "no");
  }

  private void take(String caller) {
    switch (places.take(caller)) {
      case TAKEN -> {}
      case SHARE_TAKEN ->
          throw new ProblemException(
              ProblemType.REFUSED,
              "Callers of your address hold their share of streams of this kind already. End one of them, or call another node.",
              COME_BACK);
      case ALL_TAKEN ->
          throw new ProblemException(
              ProblemType.REFUSED,
              "All places for streams of this kind are taken. Call another node.",
              COME_BACK);
    }
  }
}
