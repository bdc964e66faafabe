package io.distri.peer.inbound;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers 400 to parameters that can't be decoded, which Tomcat would log as a fault of ours. */
final class UnreadableFilter extends OncePerRequestFilter {
  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (InvalidParameterException unreadable) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    } catch (ServletException e) {
      if (!(e.getCause() instanceof InvalidParameterException)) {
        throw e;
      }
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    }
  }
}
