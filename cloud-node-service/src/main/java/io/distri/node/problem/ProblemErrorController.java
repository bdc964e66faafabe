package io.distri.node.problem;

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
    problems.writeStatus(response, status instanceof Integer code ? code : 404);
  }
}
