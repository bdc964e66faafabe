package io.distri.node.fault;

import io.distri.node.problem.ProblemException;
import io.distri.node.service.CloudService;
import io.distri.node.service.Deadline;
import io.distri.node.service.ServiceRequest;
import io.distri.node.service.ServiceResponse;
import io.distri.protocol.ProblemType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A service of a node that plays slow or refuses. */
final class FaultyService implements CloudService {
  /** How soon a caller that has gone is noticed. */
  private static final Duration LOOK = Duration.ofMillis(100);

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
  public int heapPerBodyByte() {
    return service.heapPerBodyByte();
  }

  @Override
  public ServiceResponse serve(ServiceRequest request) throws IOException {
    if (faults.current(FaultMode.REFUSE).isPresent()) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE, "The node plays a fault. Nothing was executed.");
    }
    Optional<Fault> slow = faults.current(FaultMode.SLOW);
    return slow.isPresent() ? slowly(slow.get(), request) : service.serve(request);
  }

  /** What a service does while it writes is part of its work: sealing an image is, all of it. */
  private ServiceResponse slowly(Fault slow, ServiceRequest request) throws IOException {
    ServiceResponse response = stretch(slow, request, () -> service.serve(request));
    return new ServiceResponse(
        response.status(),
        response.mediaType(),
        response.headers(),
        out -> stretch(slow, request, () -> written(response)).writeTo(out));
  }

  private static ByteArrayOutputStream written(ServiceResponse response) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    response.body().writeTo(bytes);
    return bytes;
  }

  /** What a service does. */
  private interface Work<T> {
    T done() throws IOException;
  }

  private <T> T stretch(Fault fault, ServiceRequest request, Work<T> work) throws IOException {
    long begun = System.nanoTime();
    try {
      return work.done();
    } finally {
      double more = (System.nanoTime() - begun) * (fault.factor() - 1);
      linger(
          fault,
          request,
          Deadline.in(request.deadline().leftAtMost(Duration.ofNanos((long) more))));
    }
  }

  /** As long as somebody waits, and the fault lasts. */
  private void linger(Fault fault, ServiceRequest request, Deadline end) {
    try {
      while (!end.passed() && !request.isAbandoned()) {
        if (faults.outlast(fault, end.leftAtMost(LOOK))) {
          return;
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
