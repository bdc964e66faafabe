package io.distri.node.db.service;

import io.distri.node.db.StorageException;
import io.distri.node.db.json.InvalidInputException;
import io.distri.node.problem.ProblemException;
import io.distri.node.service.CloudService;
import io.distri.node.service.ServiceRequest;
import io.distri.node.service.ServiceResponse;
import java.io.IOException;

/**
 * One service of the DB. Input that the DB doesn't take becomes a problem, and a disk that doesn't
 * take the change.
 *
 * @param maxBodyBytes how many bytes its body may have
 * @param idempotent whether a call without an idempotency key may be repeated
 */
record DbService(String name, int maxBodyBytes, boolean idempotent, Work work)
    implements CloudService {

  /** What the service does. */
  @FunctionalInterface
  interface Work {
    ServiceResponse serve(ServiceRequest request) throws IOException, InterruptedException;
  }

  /** JSON of small numbers takes twice as much as a tree; most takes less. */
  @Override
  public int heapPerBodyByte() {
    return 16;
  }

  @Override
  public ServiceResponse serve(ServiceRequest request) throws IOException {
    try {
      return work.serve(request);
    } catch (InvalidInputException invalid) {
      throw new ProblemException(invalid.problem(), invalid.detail());
    } catch (StorageException unsafe) {
      throw new ProblemException(unsafe.problem(), unsafe.detail());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException("the node stopped before the call was done", stopping);
    }
  }
}
