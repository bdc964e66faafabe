package io.distri.node.service;

import io.distri.node.admission.AdmissionControl;
import io.distri.node.admission.AdmissionControl.Refused;
import io.distri.node.admission.AdmissionControl.Ticket;
import io.distri.node.admission.AdmissionControl.TooLate;
import io.distri.node.admission.Patience;
import io.distri.node.local.LocalNode;
import io.distri.node.problem.ProblemException;
import io.distri.protocol.ProblemType;
import io.distri.protocol.ServiceNames;
import io.distri.protocol.WorkClass;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A call of a service from its arrival on: finds the service, asks for admission, serves, measures
 * and counts. Safe for use by many threads.
 */
final class ServiceCalls {
  private final LocalNode self;
  private final ServiceRegistry services;
  private final AdmissionControl admission;
  private final ServiceCounters counters;
  private final NodeHeaders headers;
  private final MeterRegistry meters;
  private final int maxBody;

  /** Kept, since looking one up at the registry makes its tags and its key anew. */
  private final Map<Ending, Timer> timers = new ConcurrentHashMap<>();

  private record Ending(String service, String outcome) {}

  /**
   * @param maxBody in bytes
   */
  ServiceCalls(
      LocalNode self,
      ServiceRegistry services,
      AdmissionControl admission,
      ServiceCounters counters,
      NodeHeaders headers,
      MeterRegistry meters,
      int maxBody) {
    this.self = self;
    this.services = services;
    this.admission = admission;
    this.counters = counters;
    this.headers = headers;
    this.meters = meters;
    this.maxBody = maxBody;
  }

  /**
   * Serves a call.
   *
   * @throws ProblemException where the caller has to be told of one
   * @throws IOException where the caller broke off
   */
  void serve(String name, HttpServletRequest http, HttpServletResponse answer)
      throws IOException, InterruptedException {
    long arrived = System.nanoTime();
    counters.received();
    String outcome = "rejected";
    String service = "unknown";
    try {
      CloudService found = services.find(name);
      service = found.name();
      serve(found, new HttpServiceRequest(http, maxBody), answer, arrived);
      outcome = "completed";
    } catch (ProblemException problem) {
      outcome = problem.type().status() < 500 ? "rejected" : "failed";
      throw problem;
    } catch (RuntimeException | IOException e) {
      outcome = "failed";
      throw e;
    } finally {
      timers
          .computeIfAbsent(new Ending(service, outcome), this::timer)
          .record(System.nanoTime() - arrived, TimeUnit.NANOSECONDS);
    }
  }

  private Timer timer(Ending ending) {
    return meters.timer("distri.services", "service", ending.service, "outcome", ending.outcome);
  }

  private void serve(
      CloudService service, HttpServiceRequest request, HttpServletResponse answer, long arrived)
      throws IOException, InterruptedException {
    if (service.name().equals(ServiceNames.STATS)) {
      counters.accepted();
      write(service.serve(request), answer);
      counters.completed(Duration.ofNanos(System.nanoTime() - arrived));
      return;
    }
    if (!self.serves()) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE,
          "The node is " + self.state().key() + ". Nothing was executed; call another one.",
          Duration.ofSeconds(1));
    }
    try (Ticket ticket = admit(service, request)) {
      counters.accepted();
      write(service.serve(request), answer);
      ticket.succeeded();
      counters.completed(Duration.ofNanos(System.nanoTime() - arrived));
    } catch (ProblemException problem) {
      if (problem.type().status() >= 500) {
        counters.failed();
      }
      throw problem;
    } catch (RuntimeException | IOException e) {
      counters.failed();
      throw e;
    }
  }

  private Ticket admit(CloudService service, ServiceRequest request) throws InterruptedException {
    Deadline deadline = request.deadline();
    Patience patience = new Patience(deadline.left(), deadline.asked());
    return switch (admission.admit(WorkClass.of(service.name()), patience)) {
      case Ticket ticket -> ticket;
      case Refused refused ->
          throw new ProblemException(
              ProblemType.REFUSED,
              "As many calls of this kind wait as the node lets wait. Nothing was executed.",
              refused.retryAfter());
      case TooLate late ->
          throw new ProblemException(
              ProblemType.DEADLINE_PASSED,
              "The caller's deadline would have passed before the call ran. Nothing was executed.");
    };
  }

  private void write(ServiceResponse response, HttpServletResponse answer) throws IOException {
    answer.setStatus(response.status());
    answer.setContentType(response.mediaType());
    response.headers().forEach(answer::setHeader);
    headers.writeTo(answer);
    response.body().writeTo(answer.getOutputStream());
  }
}
