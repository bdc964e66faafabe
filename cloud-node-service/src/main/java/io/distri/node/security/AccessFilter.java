package io.distri.node.security;

import io.distri.node.problem.ProblemWriter;
import io.distri.protocol.ProblemType;
import io.distri.protocol.guard.Guesses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Guards the public port: a bearer token where tokens are set, and no web page of another origin,
 * so that a page that somebody looks at can't drive a node on his machine. Health stays open, since
 * probes carry no token, and so does the node's own page, which asks for one and holds nothing.
 */
final class AccessFilter extends OncePerRequestFilter {
  private static final String BEARER = "Bearer ";
  private static final String HEALTH = "/actuator/health";
  private static final String PAGE = "/";

  /** What the page draws with; what it shows is at the same path without the slash. */
  private static final String PAGE_FILES = "/dashboard/";

  /** An address and no name, which would be looked up. */
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.]+]?");

  private final List<byte[]> tokens;
  private final int internalPort;
  private final ProblemWriter problems;
  private final Refusals refusals;
  private final Guesses guesses = new Guesses();

  AccessFilter(List<String> tokens, int internalPort, ProblemWriter problems, Refusals refusals) {
    this.tokens = tokens.stream().map(token -> token.getBytes(StandardCharsets.UTF_8)).toList();
    this.internalPort = internalPort;
    this.problems = problems;
    this.refusals = refusals;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getLocalPort() == internalPort;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (foreignHost(request)) {
      refusals.refused(Reason.FOREIGN_HOST, request.getRemoteAddr());
      problems.write(
          response,
          ProblemType.FOREIGN_HOST,
          "This port answers to the names of this machine only, not to the one in the Host header.",
          null);
    } else if (foreignOrigin(request)) {
      refusals.refused(Reason.FOREIGN_ORIGIN, request.getRemoteAddr());
      problems.write(
          response,
          ProblemType.FOREIGN_ORIGIN,
          "Web pages of another origin can't call a node.",
          null);
    } else if (tokens.isEmpty() || isOpen(request.getServletPath())) {
      chain.doFilter(request, response);
    } else {
      checkToken(request, response, chain);
    }
  }

  private static boolean isOpen(String path) {
    return path.startsWith(HEALTH) || path.equals(PAGE) || path.startsWith(PAGE_FILES);
  }

  private void checkToken(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String given = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (given == null || !given.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      refusals.refused(Reason.NO_TOKEN, request.getRemoteAddr());
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
      problems.write(
          response,
          ProblemType.UNAUTHENTICATED,
          "This node wants a token: send 'Authorization: Bearer …'.",
          null);
      return;
    }
    byte[] token = given.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
    switch (guesses.judge(request.getRemoteAddr(), nameOf(token))) {
      case RIGHT -> chain.doFilter(request, response);
      case WRONG -> {
        refusals.refused(Reason.UNKNOWN_TOKEN, request.getRemoteAddr());
        problems.write(response, ProblemType.FORBIDDEN, "The token is not known here.", null);
      }
      case TOO_MANY -> {
        refusals.refused(Reason.GUESSING, request.getRemoteAddr());
        problems.write(
            response,
            ProblemType.TOO_MANY_GUESSES,
            "Too many wrong tokens came from this address, so this one was not looked at.",
            Guesses.pause());
      }
    }
  }

  /** Which of the tokens it is, by its number; null where it is none. */
  private @Nullable String nameOf(byte[] token) {
    for (int i = 0; i < tokens.size(); i++) {
      if (MessageDigest.isEqual(tokens.get(i), token)) {
        return Integer.toString(i);
      }
    }
    return null;
  }

  /** A name that resolves to loopback and isn't a loopback name: DNS rebinding. */
  private static boolean foreignHost(HttpServletRequest request) {
    return isLoopback(request.getLocalAddr()) && !isLoopbackName(request.getServerName());
  }

  private static boolean foreignOrigin(HttpServletRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null) {
      return "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
    }
    return !origin.equalsIgnoreCase("http://" + request.getHeader(HttpHeaders.HOST))
        && !origin.equalsIgnoreCase("https://" + request.getHeader(HttpHeaders.HOST));
  }

  private static boolean isLoopbackName(@Nullable String host) {
    return "localhost".equalsIgnoreCase(host) || isLoopback(host);
  }

  private static boolean isLoopback(@Nullable String address) {
    if (address == null || !NUMERIC.matcher(address).matches()) {
      return false;
    }
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
