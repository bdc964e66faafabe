package io.distri.node.problem;

import io.distri.protocol.ProblemType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the servlet container refuses by itself becomes a problem too; asked for directly there is
 * nothing here.
 */
@RestController
final class ProblemErrorController implements ErrorController {
  private final ProblemWriter problems;

  ProblemErrorController(ProblemWriter problems) {
    this.problems = problems;
  }

  @RequestMapping("${server.error.path:${error.path:/error}}")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (response.isCommitted()) {
      return; // The container breaks off what was on its way.
    }
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    if (status == null || status.equals(404)) {
      problems.write(response, ProblemType.NOT_FOUND, "There is nothing at this path.", null);
    } else if (status.equals(405)) {
      problems.write(
          response, ProblemType.METHOD_NOT_ALLOWED, "This path does not take that method.", null);
    } else if (status instanceof Integer code && code < 500) {
      problems.write(response, ProblemType.MALFORMED_REQUEST, "The request can't be read.", null);
    } else {
      problems.write(
          response,
          ProblemType.INTERNAL,
          "The node failed at this. Whether it took effect is unknown.",
          null);
    }
  }
}
