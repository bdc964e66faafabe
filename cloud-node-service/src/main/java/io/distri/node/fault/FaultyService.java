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
  public int maxBodyBytes() {
    return service.maxBodyBytes();
  }

  @Override
  public ServiceResponse serve(ServiceRequest request) throws IOException {
    if (faults.current(FaultMode.REFUSE).isPresent()) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE, "The node plays a fault. Nothing was executed.");
    }
    Optional<Fault> slow = faults.current(FaultMode.SLOW);
    long begun = System.nanoTime();
    ServiceResponse response = service.serve(request);
    if (slow.isPresent()) {
      long took = System.nanoTime() - begun;
      linger(slow.get(), Duration.ofNanos((long) (took * (slow.get().factor() - 1))));
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
