package io.distri.node.service;

import io.distri.node.problem.ProblemWriter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;

/**
 * Where services are called. A servlet beside Spring MVC's: there is one handler here, which wants
 * the bare request, and looking for it took a third of what a young node needs for a call ({@code
 * docs/decisions/0024-servlet-for-services.md}).
 */
@SuppressWarnings("serial") // nobody serializes servlets, though their interface says so
final class ServiceServlet extends HttpServlet {

  static final String METHOD = "POST";

  private static final String PREFIX = "/services";

  /** What the servlet is mapped to. */
  static final String MAPPING = PREFIX + "/*";

  /** The same as a pattern, by which metrics, spans and the API's description name it. */
  static final String PATH = PREFIX + "/{service}";

  private final Supplier<ServiceCalls> calls;
  private final ProblemWriter problems;

  /**
   * @param calls asked for at each call: services come up after the container that the servlet is
   *     registered with
   */
  ServiceServlet(Supplier<ServiceCalls> calls, ProblemWriter problems) {
    this.calls = calls;
    this.problems = problems;
  }

  /** Tells whether a request goes to this servlet. */
  static boolean isAt(HttpServletRequest request) {
    return PREFIX.equals(request.getServletPath());
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getPathInfo();
    if (path == null || path.length() == 1 || path.indexOf('/', 1) > 0) {
      problems.writeNothingHere(response);
      return;
    }
    ServiceObservationFilter.reached(request);
    switch (request.getMethod()) {
      case METHOD -> serve(path.substring(1), request, response);
      case "OPTIONS" -> response.setHeader(HttpHeaders.ALLOW, METHOD + ",OPTIONS");
      default -> problems.writeWrongMethod(response, request.getMethod(), METHOD);
    }
  }

  private void serve(String service, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      calls.get().serve(service, request, response);
    } catch (RuntimeException | InterruptedException | Error thrown) {
      problems.write(request, response, thrown);
    }
  }
}
