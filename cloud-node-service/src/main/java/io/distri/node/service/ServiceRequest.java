package io.distri.node.service;

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
   * Of the media types that the service can answer with, the one that the caller's {@code Accept}
   * headers prefer, by RFC 9110: that with the highest quality, as the most specific range names
   * it. It is the usual one where the caller prefers none, or accepts none.
   *
   * @throws ProblemException where the header can't be read
   */
  String preferred(String usual, String... others);

  /** The address that the call came from. */
  String caller();

  /**
   * Whether nobody waits for the answer any more: the caller has closed its connection. For long
   * work, which looks now and then.
   */
  boolean isAbandoned();

  /** What is left of the caller's patience. */
  Deadline deadline();

  /** The whole body. It is here already, and is the service's own. */
  byte[] bytes();

  /** The first parameter, or null where there is none. */
  default @Nullable String param() {
    return params().isEmpty() ? null : params().get(0);
  }
}
