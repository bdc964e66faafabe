package io.distri.node.security;

import io.distri.node.problem.ProblemWriter;
import io.distri.protocol.ProblemType;
import io.distri.protocol.identity.KeyId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
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

  /** Request attribute: the {@link Reason} of a refusal, where its status says too little. */
  public static final String REASON = "io.distri.node.refused";

  private static final String INTERNAL = "/internal/";
  private static final String NOTHING = "There is nothing at this path.";
  private static final String EVICTED =
      "This key was evicted and is not whitelisted again. Give the node a new one.";
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private final int internalPort;
  private final Whitelist whitelist;
  private final List<AddressRange> addresses;
  private final ProblemWriter problems;
  private final Refusals refusals;
  private final Doorman doorman;

  /**
   * @param addresses from where a key is good, as a second lock; empty: from everywhere
   */
  InternalPortFilter(
      int internalPort,
      Whitelist whitelist,
      List<AddressRange> addresses,
      ProblemWriter problems,
      Refusals refusals,
      Doorman doorman) {
    this.internalPort = internalPort;
    this.whitelist = whitelist;
    this.addresses = List.copyOf(addresses);
    this.problems = problems;
    this.refusals = refusals;
    this.doorman = doorman;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    // The path as the container decoded it, by which handlers are found, not as the caller spelt
    // it.
    String path = request.getServletPath();
    boolean internalPath = path.equals("/internal") || path.startsWith(INTERNAL);
    if (request.getLocalPort() == internalPort) {
      guard(internalPath, request, response, chain);
    } else if (internalPath) {
      problems.write(response, ProblemType.NOT_FOUND, NOTHING, null);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void guard(
      boolean internalPath,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    Reason reason = internalPath ? objection(request) : Reason.NOT_FOUND;
    if (reason == null) {
      admitIfListed(request);
      chain.doFilter(request, response);
      admitIfListed(request);
      reason = refusedBeyond(request, response);
    } else {
      refuse(reason, response);
    }
    if (reason != null) {
      refusals.refused(reason, request.getRemoteAddr());
    }
  }

  /** Before a request, since a member's may take long; and after it, for who has just joined. */
  private void admitIfListed(HttpServletRequest request) {
    if (request.getAttribute(CALLER) instanceof String key && whitelist.roleOf(key).isPresent()) {
      doorman.admit(request.getRemoteAddr(), request.getRemotePort());
    }
  }

  /** What speaks against a call; null: nothing so far. The caller's key is found out on the way. */
  private @Nullable Reason objection(HttpServletRequest request) {
    Optional<String> caller = caller(request);
    if (caller.isEmpty()) {
      return Reason.NO_CERTIFICATE;
    }
    String key = caller.get();
    // The socket tells where the caller is; what a header says of it counts for nothing.
    String from = request.getRemoteAddr();
    if (!addresses.isEmpty() && addresses.stream().noneMatch(range -> range.contains(from))) {
      return Reason.FOREIGN_ADDRESS;
    }
    request.setAttribute(CALLER, key);
    if (whitelist.isEvicted(key)) {
      return Reason.EVICTED;
    }
    String path = request.getServletPath();
    Role needed = path.startsWith(ADMIN) ? Role.OPERATOR : Role.NODE;
    Optional<Role> role = whitelist.roleOf(key);
    if (path.equals(JOIN) || role.equals(Optional.of(needed))) {
      return null;
    }
    return role.isPresent() ? Reason.WRONG_ROLE : Reason.UNKNOWN_KEY;
  }

  private static @Nullable Reason refusedBeyond(
      HttpServletRequest request, HttpServletResponse response) {
    if (response.getStatus() < 400 || response.getStatus() >= 500) {
      return null;
    }
    return request.getAttribute(REASON) instanceof Reason given
        ? given
        : Reason.ofStatus(response.getStatus());
  }

  private static Optional<String> caller(HttpServletRequest request) {
    return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
        ? Optional.of(KeyId.of(chain[0]))
        : Optional.empty();
  }

  /** No more detail than a caller needs who has a right to be here; and the connection ends. */
  private void refuse(Reason reason, HttpServletResponse response) throws IOException {
    response.setHeader(HttpHeaders.CONNECTION, "close");
    switch (reason) {
      case NOT_FOUND -> problems.write(response, ProblemType.NOT_FOUND, NOTHING, null);
      case NO_CERTIFICATE ->
          problems.write(
              response, ProblemType.UNAUTHENTICATED, "A client certificate is needed.", null);
      case EVICTED -> problems.write(response, ProblemType.EVICTED, EVICTED, null);
      default ->
          problems.write(response, ProblemType.FORBIDDEN, "This key is not whitelisted.", null);
    }
  }
}
