package io.distri.node.security;

import io.distri.node.problem.ProblemWriter;
import io.distri.protocol.OwnNames;
import io.distri.protocol.ProblemType;
import io.distri.protocol.guard.Guesses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Guards every port but the internal one: a bearer token where tokens are set, no web page of
 * another origin, and no foreign name in the {@code Host} header, so that a page that somebody
 * looks at can't drive a node that his machine reaches. Health stays open, since probes carry no
 * token, and so does the node's own page, which asks for one and holds nothing.
 */
final class AccessFilter extends OncePerRequestFilter {
  private static final String BEARER = "Bearer ";
  private static final String HEALTH = "/actuator/health";
  private static final String PAGE = "/";

  /** What the page draws with; what it shows is at the same path without the slash. */
  private static final String PAGE_FILES = "/dashboard/";

  /** What browsers say where the user asked himself, or the page of the server did. */
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  private static final String OLD = "HTTP/1.0";

  private final OwnNames names;
  private final List<byte[]> tokens;
  private final int internalPort;
  private final ProblemWriter problems;
  private final Refusals refusals;
  private final Guesses guesses = new Guesses();

  AccessFilter(
      OwnNames names,
      List<String> tokens,
      int internalPort,
      ProblemWriter problems,
      Refusals refusals) {
    this.names = names;
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
          "The node does not answer to the name in the Host header. Use its address, or list the"
              + " name in its setting distri.node.access.hosts.",
          null);
    } else if (foreignOrigin(request)) {
      refusals.refused(Reason.FOREIGN_ORIGIN, request.getRemoteAddr());
      problems.write(
          response,
          ProblemType.FOREIGN_ORIGIN,
          "Web pages of another origin can't call a node. A proxy has to pass the Host header on.",
          null);
    } else if (tokens.isEmpty() || isOpen(request.getServletPath())) {
      chain.doFilter(request, response);
    } else {
      checkToken(request, response, chain);
    }
  }

  private static boolean isOpen(String path) {
    return path.equals(HEALTH)
        || path.startsWith(HEALTH + "/")
        || path.equals(PAGE)
        || path.startsWith(PAGE_FILES);
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

  /** A name that leads here and isn't the node's, as after DNS rebinding. */
  private boolean foreignHost(HttpServletRequest request) {
    // Programs older than the header don't send it; every browser does.
    boolean named =
        request.getHeader(HttpHeaders.HOST) != null || !OLD.equals(request.getProtocol());
    return named && !names.include(request.getServerName());
  }

  private static boolean foreignOrigin(HttpServletRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null) {
      String site = request.getHeader("Sec-Fetch-Site");
      return site != null && !OWN_SITE.contains(site) && !isLink(request);
    }
    return !origin.equalsIgnoreCase("http://" + request.getHeader(HttpHeaders.HOST))
        && !origin.equalsIgnoreCase("https://" + request.getHeader(HttpHeaders.HOST));
  }

  /** Whether somebody follows a link to the node's page, as from the demo's. */
  private static boolean isLink(HttpServletRequest request) {
    return PAGE.equals(request.getServletPath())
        && "document".equals(request.getHeader("Sec-Fetch-Dest"));
  }
}
