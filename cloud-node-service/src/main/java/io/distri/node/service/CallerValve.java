package io.distri.node.service;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Lets long work ask whether anybody waits for it: the servlet API tells that only to who reads or
 * writes.
 */
final class CallerValve extends ValveBase {
  private static final String REQUEST = CallerValve.class.getName();

  /** What Tomcat says is there to be read once the other side has closed the connection. */
  private static final int END = 1;

  CallerValve() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    request.setAttribute(REQUEST, request);
    getNext().invoke(request, response);
  }

  /** Whether the caller has closed its connection. To be asked by the request's own thread. */
  static boolean isGone(ServletRequest request) {
    if (!(request.getAttribute(REQUEST) instanceof Request known)) {
      return false;
    }
    var bare = known.getCoyoteRequest();
    bare.action(ActionCode.AVAILABLE, true);
    return bare.getAvailable() == END;
  }
}
