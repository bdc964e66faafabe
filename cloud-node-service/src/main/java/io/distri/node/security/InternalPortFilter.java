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
import java.util.List;
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

  /** Under it are the orders of operators, and nothing else is for them. */
  public static final String ADMIN = "/internal/admin/";

  /** Request attribute: the caller's key id. */
  public static final String CALLER = "io.distri.node.caller";

  private static final String INTERNAL = "/internal/";
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
  private static final Logger log = LoggerFactory.getLogger(InternalPortFilter.class);

  private final int internalPort;
  private final Whitelist whitelist;
  private final List<AddressRange> addresses;
  private final ProblemWriter problems;
  private final MeterRegistry meters;
  private final RareLog refusals = new RareLog(Duration.ofMinutes(1));

  /**
   * @param addresses from where a key is good, as a second lock; empty: from everywhere
   */
  InternalPortFilter(
      int internalPort,
      Whitelist whitelist,
      List<AddressRange> addresses,
      ProblemWriter problems,
      MeterRegistry meters) {
    this.internalPort = internalPort;
    this.whitelist = whitelist;
    this.addresses = List.copyOf(addresses);
    this.problems = problems;
    this.meters = meters;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    // The path as the container decoded it, by which handlers are found, not as the caller spelt
    // it.
    String path = request.getServletPath();
    boolean internalPath = path.equals("/internal") || path.startsWith(INTERNAL);
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
    if (!isGood(caller.get(), request)) {
      refuse(request, response, ProblemType.FORBIDDEN, "This key is not whitelisted.");
      return false;
    }
    request.setAttribute(CALLER, caller.get());
    return true;
  }

  /** The socket tells where the caller is; what a header says of it counts for nothing. */
  private boolean isGood(String caller, HttpServletRequest request) {
    String from = request.getRemoteAddr();
    if (!addresses.isEmpty() && addresses.stream().noneMatch(range -> range.contains(from))) {
      return false;
    }
    String path = request.getServletPath();
    return path.startsWith(ADMIN)
        ? whitelist.roleOf(caller).equals(Optional.of(Role.OPERATOR))
        : path.equals(JOIN) || whitelist.isNode(caller);
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
