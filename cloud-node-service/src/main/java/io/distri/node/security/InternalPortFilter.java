package io.distri.node.security;

import io.distri.node.problem.ProblemWriter;
import io.distri.protocol.ProblemType;
import io.distri.protocol.identity.KeyId;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps the two ports apart: {@code /internal/**} exists on the internal port only, and nothing
 * else does there. Of those who come by the internal port it lets in whitelisted keys, and other
 * keys as far as {@link #JOIN}, where they prove that they belong to the cluster.
 */
public final class InternalPortFilter extends OncePerRequestFilter {
  /** Where newcomers knock. */
  public static final String JOIN = "/internal/join";

  /** Request attribute: the caller's key id. */
  public static final String CALLER = "io.distri.node.caller";

  private static final String INTERNAL = "/internal/";
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
  private static final Logger log = LoggerFactory.getLogger(InternalPortFilter.class);

  private final int internalPort;
  private final Whitelist whitelist;
  private final ProblemWriter problems;
  private final MeterRegistry meters;
  private final RareLog refusals = new RareLog(Duration.ofMinutes(1));

  public InternalPortFilter(
      int internalPort, Whitelist whitelist, ProblemWriter problems, MeterRegistry meters) {
    this.internalPort = internalPort;
    this.whitelist = whitelist;
    this.problems = problems;
    this.meters = meters;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean internalPath =
        request.getRequestURI().equals("/internal") || request.getRequestURI().startsWith(INTERNAL);
    if (internalPath != (request.getLocalPort() == internalPort)) {
      problems.write(response, ProblemType.NOT_FOUND, "There is nothing at this path.", null);
    } else if (!internalPath || mayPass(request, response)) {
      chain.doFilter(request, response);
    }
  }

  private boolean mayPass(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<String> caller = caller(request);
    if (caller.isEmpty()) {
      refuse(request, response, ProblemType.UNAUTHENTICATED, "A client certificate is needed.");
      return false;
    }
    if (!whitelist.contains(caller.get()) && !request.getRequestURI().equals(JOIN)) {
      refuse(request, response, ProblemType.FORBIDDEN, "This key is not whitelisted.");
      return false;
    }
    request.setAttribute(CALLER, caller.get());
    return true;
  }

  private static Optional<String> caller(HttpServletRequest request) {
    return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
        ? Optional.of(KeyId.of(chain[0]))
        : Optional.empty();
  }

  private void refuse(
      HttpServletRequest request, HttpServletResponse response, ProblemType type, String detail)
      throws IOException {
    meters
        .counter("distri.internal.refused", "status", Integer.toString(type.status()))
        .increment();
    if (refusals.mayLog(request.getRemoteAddr())) {
      log.warn("refused a call from {} on the internal port: {}", request.getRemoteAddr(), detail);
    }
    problems.write(response, type, detail, null);
  }
}
