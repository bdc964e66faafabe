package io.distri.node.fault;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.coyote.ActionCode;

/** Who waits for the requests that run, each in a thread of its own. Safe for many threads. */
final class Callers {
  /** What Tomcat says is there to be read once the other side has closed the connection. */
  private static final int END = 1;

  private final Map<Thread, Request> waiting = new ConcurrentHashMap<>();

  /** Has a request go on, and knows meanwhile for whom. */
  void serve(Request request, Response response, Valve next) throws IOException, ServletException {
    waiting.put(Thread.currentThread(), request);
    try {
      next.invoke(request, response);
    } finally {
      waiting.remove(Thread.currentThread());
    }
  }

  /** Whether the caller of this thread's request has closed its connection. */
  boolean isGone() {
    Request request = waiting.get(Thread.currentThread());
    if (request == null) {
      return false;
    }
    var bare = request.getCoyoteRequest();
    bare.action(ActionCode.AVAILABLE, true);
    return bare.getAvailable() == END;
  }
}
