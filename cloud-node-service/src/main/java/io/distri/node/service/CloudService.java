package io.distri.node.service;

import io.distri.node.problem.ProblemException;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * A service that a node offers under {@code POST /services/{name}}. Declare a bean of this type and
 * it is listed in the node table, elected, admitted, measured and counted like the built-in ones,
 * which are just such beans.
 *
 * <p>Implementations are called by many threads at once. They may block: each call has a virtual
 * thread.
 */
public interface CloudService {

  /** The name in the path: 1 to 64 of {@code [A-Za-z0-9_.-]}, and not a built-in service's. */
  String name();

  /**
   * Serves one call.
   *
   * @throws ProblemException to answer with a problem
   * @throws IOException where the call can't be served for a reason that lies with its caller
   */
  ServiceResponse serve(ServiceRequest request) throws IOException;

  /** Whether a call may be repeated without harm when it is unknown what became of it. */
  default boolean idempotent() {
    return false;
  }

  /**
   * How many bytes a body may have, below {@code distri.node.max-body}. A larger one is refused
   * before it is read.
   */
  default int maxBodyBytes() {
    return Integer.MAX_VALUE;
  }

  /**
   * How many bytes of the heap a byte of a body takes while the service works on it: more where it
   * makes objects of it. So much is lent for a body of more than a few kilobytes.
   */
  default int heapPerBodyByte() {
    return 1;
  }

  /** A service that turns bytes into bytes. */
  static CloudService of(String name, UnaryOperator<byte[]> work) {
    return new CloudService() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public ServiceResponse serve(ServiceRequest request) throws IOException {
        return ServiceResponse.ofBytes(work.apply(request.bytes()));
      }
    };
  }
}
