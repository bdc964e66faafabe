package io.distri.node.service;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Puts the node's headers on every response, errors and refusals included. */
final class NodeHeadersFilter extends OncePerRequestFilter {
  private final NodeHeaders headers;

  NodeHeadersFilter(NodeHeaders headers) {
    this.headers = headers;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    headers.writeTo(response);
    chain.doFilter(request, response);
  }
}
