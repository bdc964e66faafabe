package io.distri.node.service;

import io.distri.node.admission.LoadMeter;
import io.distri.node.local.LocalNode;
import io.distri.protocol.Headers;
import jakarta.servlet.http.HttpServletResponse;

/** The headers that tell, with every response, who answered and how loaded it is. */
public final class NodeHeaders {
  private final LocalNode self;
  private final LoadMeter load;

  public NodeHeaders(LocalNode self, LoadMeter load) {
    this.self = self;
    this.load = load;
  }

  /** Sets the headers as of now, in place of earlier ones. */
  public void writeTo(HttpServletResponse response) {
    response.setHeader(Headers.NODE, self.id());
    response.setHeader(Headers.LOAD, load.report().format());
  }
}
