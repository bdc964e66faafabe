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
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Observes requests as Spring does, all but the calls of services that bring no trace: of those
 * nothing but a timer would come, and an observation costs many times what the timer does. They are
 * recorded in the same timer, with the same tags.
 */
final class ServiceObservationFilter extends ServerHttpObservationFilter {
  private final ServerRequestObservationConvention convention;
  private final MeterRegistry meters;
  private final List<String> traceHeaders;

  /** Of the calls that a service was looked up for, by status. */
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
    var context = new ServerRequestObservationContext(request, response);
    request.setAttribute(CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE, context);
    long began = System.nanoTime();
    try {
      chain.doFilter(request, response);
    } catch (IOException | ServletException | RuntimeException e) {
      context.setError(e);
      response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      throw e;
    } finally {
      boolean served =
          ServiceServlet.METHOD.equals(request.getMethod())
              && context.getPathPattern() != null
              && context.getError() == null;
      Timer timer =
          served
              ? timers.computeIfAbsent(response.getStatus(), status -> timer(context))
              : timer(context);
      timer.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }
  }

  private boolean bringsTrace(HttpServletRequest request) {
    for (String header : traceHeaders) {
      if (request.getHeader(header) != null) {
        return true;
      }
    }
    return false;
  }

  private Timer timer(ServerRequestObservationContext context) {
    Throwable error = context.getError();
    Tags tags = Tags.of("error", error == null ? "none" : error.getClass().getSimpleName());
    for (KeyValue tag : convention.getLowCardinalityKeyValues(context)) {
      tags = tags.and(tag.getKey(), tag.getValue());
    }
    return meters.timer(Objects.requireNonNull(convention.getName()), tags);
  }
}
