package io.distri.node.problem;

import io.distri.protocol.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns what handlers throw into problems. */
@RestControllerAdvice
final class ProblemAdvice {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  private final ProblemWriter problems;

  ProblemAdvice(ProblemWriter problems) {
    this.problems = problems;
  }

  @ExceptionHandler
  void problem(ProblemException e, HttpServletResponse response) throws IOException {
    problems.write(response, e.type(), e.detail(), e.retryAfter());
  }

  @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
  void nothingHere(HttpServletRequest request, HttpServletResponse response) throws IOException {
    problems.write(
        response,
        ProblemType.NOT_FOUND,
        "There is nothing at this path. Services are called with POST /services/{service}.",
        null);
  }

  @ExceptionHandler
  void wrongMethod(HttpRequestMethodNotSupportedException e, HttpServletResponse response)
      throws IOException {
    String[] supported = e.getSupportedMethods();
    String allowed = supported == null ? "" : String.join(", ", supported);
    response.setHeader("Allow", allowed);
    problems.write(
        response,
        ProblemType.METHOD_NOT_ALLOWED,
        "This path does not take " + e.getMethod() + "; it takes " + allowed + ".",
        null);
  }

  /** The caller went away, or did not send what it announced: there is nobody to answer. */
  @ExceptionHandler
  void brokenOff(IOException e) throws IOException {
    log.debug("a caller broke off", e);
    throw e;
  }

  @ExceptionHandler
  void bug(Exception e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
    problems.write(
        response,
        ProblemType.INTERNAL,
        "The node failed at this; its log has the reason. Whether it took effect is unknown.",
        null);
  }
}
