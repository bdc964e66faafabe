package io.distri.peer.web;

import io.distri.protocol.OwnNames;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Guards the page. It answers to its own names only, so that no name of a stranger's leads to it;
 * what changes something comes from its own forms only, and the browser is told to load nothing
 * from anywhere else.
 */
final class WebGuard extends OncePerRequestFilter {

  /** Name of the field that only the page's own forms have. */
  static final String FORM_TOKEN = "_csrf";

  /** Name of the cookie of a browser that has shown the token. */
  static final String COOKIE = "distri-peer";

  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final String BEARER = "Bearer ";

  private final int peerPort;
  private final OwnNames names;
  private final Secrets secrets;

  WebGuard(OwnNames names, int peerPort, Secrets secrets) {
    this.peerPort = peerPort;
    this.names = names;
    this.secrets = secrets;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getLocalPort() == peerPort;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    String path = request.getServletPath();
    if (!names.include(request.getServerName())) {
      refuse(response, 421, "This page does not answer to that name: see distri.peer.web.hosts.");
    } else if (isForeign(request)) {
      refuse(response, 403, "Pages of other sites can't use this peer.");
    } else if (path.startsWith("/api/")) {
      switch (secrets.terminal(request.getRemoteAddr(), bearer(request))) {
        case RIGHT -> chain.doFilter(request, response);
        case WRONG ->
            refuse(response, 401, "The terminal shows the token that is in the peer's directory.");
        case TOO_MANY -> refuse(response, 429, "Too many wrong tokens came from this address.");
      }
    } else if (isOpen(path) || secrets.isBrowser(cookie(request))) {
      if (isSafe(request) || secrets.isForm(formToken(request))) {
        chain.doFilter(request, response);
      } else {
        refuse(response, 403, "This form is an old one: load the page again.");
      }
    } else {
      response.sendRedirect("/login");
    }
  }

  private static boolean isOpen(String path) {
    return path.equals("/login") || path.equals("/peer.css");
  }

  private static boolean isSafe(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  /** Browsers say where a request comes from, and pages can't make them say otherwise. */
  private static boolean isForeign(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      boolean own = site.equals("same-origin") || site.equals("none");
      boolean link = isSafe(request) && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
      return !own && !link;
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin != null
        && !origin.equalsIgnoreCase("http://" + request.getHeader(HttpHeaders.HOST))
        && !origin.equalsIgnoreCase("https://" + request.getHeader(HttpHeaders.HOST));
  }

  private static @Nullable String bearer(HttpServletRequest request) {
    String given = request.getHeader(HttpHeaders.AUTHORIZATION);
    return given != null && given.startsWith(BEARER) ? given.substring(BEARER.length()) : null;
  }

  /** An upload has it in its address: its body is read later, and is perhaps too large. */
  private static @Nullable String formToken(HttpServletRequest request) {
    String type = request.getContentType();
    if (type == null || !type.startsWith("multipart/")) {
      return request.getParameter(FORM_TOKEN);
    }
    return UriComponentsBuilder.newInstance()
        .query(request.getQueryString())
        .build()
        .getQueryParams()
        .getFirst(FORM_TOKEN);
  }

  private static @Nullable String cookie(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(COOKIE)) {
          return cookie.getValue();
        }
      }
    }
    return null;
  }

  private static void refuse(HttpServletResponse response, int status, String reason)
      throws IOException {
    response.setStatus(status);
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().println(reason);
  }
}
