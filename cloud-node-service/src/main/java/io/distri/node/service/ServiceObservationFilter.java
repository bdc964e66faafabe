package io.distri.node.service;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Observes requests as Spring does, all but the calls of services that bring no trace: of those
 * nothing but a timer would come, and an observation costs many times what the timer does. They are
 * recorded in the same timer, with the same tags.
 */
final class ServiceObservationFilter extends ServerHttpObservationFilter {
  private static final String REACHED = ServiceObservationFilter.class.getName() + ".reached";

  private final ServerRequestObservationConvention convention;
  private final MeterRegistry meters;
  private final List<String> traceHeaders;

  /** Of calls that came to the servlet and ended well, by status. */
  private final Map<Integer, Timer> timers = new ConcurrentHashMap<>();

  /**
   * @param traceHeaders with one of these a call brings a trace
   */
  ServiceObservationFilter(
      ObservationRegistry observations,
      ServerRequestObservationConvention convention,
      MeterRegistry meters,
      List<String> traceHeaders) {
    super(observations, convention);
    this.convention = convention;
    this.meters = meters;
    this.traceHeaders = List.copyOf(traceHeaders);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!ServiceServlet.isAt(request) || bringsTrace(request)) {
      super.doFilterInternal(request, response, chain);
      return;
    }
    Exception failure = null;
    long began = System.nanoTime();
    try {
      chain.doFilter(request, response);
    } catch (IOException | ServletException | RuntimeException e) {
      failure = e;
      response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      throw e;
    } finally {
      timer(request, response, failure).record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }
  }

  /** Says that a request has come to the servlet, whose path it is counted under from then on. */
  static void reached(HttpServletRequest request) {
    request.setAttribute(REACHED, true);
    findObservationContext(request)
        .ifPresent(context -> context.setPathPattern(ServiceServlet.PATH));
  }

  private boolean bringsTrace(HttpServletRequest request) {
    for (String header : traceHeaders) {
      if (request.getHeader(header) != null) {
        return true;
      }
    }
    return false;
  }

  private Timer timer(
      HttpServletRequest request, HttpServletResponse response, @Nullable Exception failure) {
    boolean reached = request.getAttribute(REACHED) != null;
    if (reached && failure == null && ServiceServlet.METHOD.equals(request.getMethod())) {
      return timers.computeIfAbsent(
          response.getStatus(), status -> newTimer(request, response, true, null));
    }
    return newTimer(request, response, reached, failure);
  }

  private Timer newTimer(
      HttpServletRequest request,
      HttpServletResponse response,
      boolean reached,
      @Nullable Exception failure) {
    var context = new ServerRequestObservationContext(request, response);
    if (reached) {
      context.setPathPattern(ServiceServlet.PATH);
    }
    if (failure != null) {
      context.setError(failure);
    }
    Tags tags = Tags.of("error", failure == null ? "none" : failure.getClass().getSimpleName());
    for (KeyValue tag : convention.getLowCardinalityKeyValues(context)) {
      tags = tags.and(tag.getKey(), tag.getValue());
    }
    return meters.timer(Objects.requireNonNull(convention.getName()), tags);
  }
}
