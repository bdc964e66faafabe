package io.distri.node.service;

import io.distri.node.problem.ProblemWriter;
import io.distri.protocol.ProblemType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Puts the node's headers on every response, and a problem where there would be a page of Tomcat's
 * or nothing: Tomcat refuses what is no valid HTTP before any filter sees it. Lets long work ask
 * whether anybody waits for it, which the servlet API tells only to who reads or writes.
 * Thread-safe.
 */
final class NodeValve extends ErrorReportValve {
  private static final String REQUEST = NodeValve.class.getName();

  /** What Tomcat says is there to be read once the other side has closed the connection. */
  private static final int END = 1;

  private final NodeHeaders headers;
  private final ProblemWriter problems;

  NodeValve(NodeHeaders headers, ProblemWriter problems) {
    this.headers = headers;
    this.problems = problems;
  }

  /** Takes the place of Tomcat's own valve for errors. */
  void addTo(TomcatServletWebServerFactory factory) {
    factory.addContextCustomizers(context -> {
      StandardHost host = (StandardHost) context.getParent();
      host.setErrorReportValveClass(getClass().getName());
      host.getPipeline().addValve(this);
    });
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    headers.writeTo(response);
    request.setAttribute(REQUEST, request);
    super.invoke(request, response);
    if (response.getStatus() >= 400
        && response.getContentType() == null
        && !response.isCommitted()
        && !request.isAsync()) {
      write(request, response);
    }
  }

  private void write(Request request, Response response) throws IOException {
    if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown
        && NestedExceptionUtils.getMostSpecificCause(thrown) instanceof SocketTimeoutException) {
      problems.write(response, ProblemType.BODY_TOO_SLOW, CallBodies.TOO_SLOW, null);
    } else {
      problems.writeStatus(response, response.getStatus());
    }
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable thrown) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    try {
      headers.writeTo(response);
      write(request, response);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** Whether the caller has closed its connection. To be asked by the request's own thread. */
  static boolean isCallerGone(ServletRequest request) {
    if (!(request.getAttribute(REQUEST) instanceof Request known)) {
      return false;
    }
    var bare = known.getCoyoteRequest();
    bare.action(ActionCode.AVAILABLE, true);
    return bare.getAvailable() == END;
  }
}
