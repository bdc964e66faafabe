package io.distri.peer.inbound;

import io.distri.peer.directory.Contacts;
import io.distri.protocol.identity.KeyId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps the two ports apart: {@code /peer/**} exists on the peers' port only, and nothing else does
 * there. Of those who come by it, it lets in the keys that the directory knows.
 */
public final class PeerPortFilter extends OncePerRequestFilter {

  /** Request attribute: the id of the key that the caller holds. */
  static final String CALLER = "io.distri.peer.caller";

  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private final int port;
  private final Contacts contacts;

  public PeerPortFilter(int port, Contacts contacts) {
    this.port = port;
    this.contacts = contacts;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = request.getServletPath();
    boolean forPeers = path.equals("/peer") || path.startsWith("/peer/");
    if (forPeers != (request.getLocalPort() == port)) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    } else if (!forPeers) {
      chain.doFilter(request, response);
    } else {
      String key = keyOf(request);
      if (key.isEmpty() || contacts.byKey(key).isEmpty()) {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      } else {
        request.setAttribute(CALLER, key);
        chain.doFilter(request, response);
      }
    }
  }

  /** Empty where the caller showed none. */
  private static String keyOf(HttpServletRequest request) {
    return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
        ? KeyId.of(chain[0])
        : "";
  }
}
