package io.distri.node.service;

import io.distri.node.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call of a service. Belongs to the thread that serves it. */
public interface ServiceRequest {

  /** The values of the query's {@code param}s, in order. */
  List<String> params();

  /** The first value of another query parameter, such as {@code limit}. */
  Optional<String> option(String name);

  /** A request header. */
  Optional<String> header(String name);

  /**
   * Whether the caller's {@code Accept} header names this media type, or one that stands for it.
   */
  boolean accepts(String mediaType);

  /** What is left of the caller's patience. */
  Deadline deadline();

  /**
   * The whole body.
   *
   * @throws ProblemException where it is larger than the node allows
   * @throws IOException where the caller does not send it
   */
  byte[] bytes() throws IOException;

  /**
   * The whole body, where it may not be larger than a limit of the service's own.
   *
   * @param limit in bytes
   * @throws ProblemException where it is larger
   * @throws IOException where the caller does not send it
   */
  byte[] bytes(int limit) throws IOException;

  /** The first parameter, or null where there is none. */
  default @Nullable String param() {
    return params().isEmpty() ? null : params().get(0);
  }
}
