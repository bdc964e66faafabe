package io.distri.node.fault;

import io.distri.node.problem.ProblemException;
import io.distri.node.service.CloudService;
import io.distri.node.service.ServiceRequest;
import io.distri.node.service.ServiceResponse;
import io.distri.protocol.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A service of a node that plays slow or refuses. */
final class FaultyService implements CloudService {
  private final CloudService service;
  private final Faults faults;

  FaultyService(CloudService service, Faults faults) {
    this.service = service;
    this.faults = faults;
  }

  @Override
  public String name() {
    return service.name();
  }

  @Override
  public boolean idempotent() {
    return service.idempotent();
  }

  @Override
  public ServiceResponse serve(ServiceRequest request) throws IOException {
    Optional<Fault> fault = faults.current();
    if (fault.isPresent() && fault.get().mode() == FaultMode.REFUSE) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE, "The node plays a fault. Nothing was executed.");
    }
    long begun = System.nanoTime();
    ServiceResponse response = service.serve(request);
    if (fault.isPresent() && fault.get().mode() == FaultMode.SLOW) {
      long took = System.nanoTime() - begun;
      linger(fault.get(), Duration.ofNanos((long) (took * (fault.get().factor() - 1))));
    }
    return response;
  }

  private void linger(Fault fault, Duration time) {
    try {
      faults.outlast(fault, time);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
