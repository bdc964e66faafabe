package io.distri.node.service;

import io.distri.node.admission.AdmissionControl;
import io.distri.node.admission.AdmissionControl.Refused;
import io.distri.node.admission.AdmissionControl.Ticket;
import io.distri.node.admission.AdmissionControl.TooLate;
import io.distri.node.admission.ByteBudget;
import io.distri.node.admission.Patience;
import io.distri.node.local.LocalNode;
import io.distri.node.problem.ProblemException;
import io.distri.protocol.Headers;
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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A call of a service from its arrival on: finds the service, asks for admission, serves, measures
 * and counts. Safe for use by many threads.
 */
final class ServiceCalls {
  private static final byte[] NOTHING = {};

  private final LocalNode self;
  private final ServiceRegistry services;
  private final AdmissionControl admission;
  private final ServiceCounters counters;
  private final NodeHeaders headers;
  private final MeterRegistry meters;
  private final CallBodies bodies;
  private final ByteBudget answers;

  /** Kept, since looking one up at the registry makes its tags and its key anew. */
  private final Map<Ending, Timer> timers = new ConcurrentHashMap<>();

  private record Ending(String service, String outcome) {}

  /**
   * @param answers memory for answers on their way to their callers
   */
  ServiceCalls(
      LocalNode self,
      ServiceRegistry services,
      AdmissionControl admission,
      ServiceCounters counters,
      NodeHeaders headers,
      MeterRegistry meters,
      CallBodies bodies,
      ByteBudget answers) {
    this.self = self;
    this.services = services;
    this.admission = admission;
    this.counters = counters;
    this.headers = headers;
    this.meters = meters;
    this.bodies = bodies;
    this.answers = answers;
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
      serve(found, http, answer, arrived);
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
      CloudService service, HttpServletRequest http, HttpServletResponse answer, long arrived)
      throws IOException, InterruptedException {
    Deadline deadline = Deadline.ofHeader(Optional.ofNullable(http.getHeader(Headers.DEADLINE_MS)));
    if (service.name().equals(ServiceNames.STATS)) {
      counters.accepted();
      ServiceResponse stats = service.serve(new HttpServiceRequest(http, NOTHING, deadline));
      CallAnswer.begin(stats, answer, headers);
      stats.body().writeTo(answer.getOutputStream());
      counters.completed(Duration.ofNanos(System.nanoTime() - arrived));
      return;
    }
    if (!self.serves()) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE,
          "The node is " + self.state().key() + ". Nothing was executed; call another one.",
          Duration.ofSeconds(1));
    }
    if (deadline.passed()) {
      throw tooLate();
    }
    WorkClass workClass = WorkClass.of(service.name());
    Refused refusal = admission.refusal(workClass);
    if (refusal != null) {
      throw refused(refusal);
    }
    try (CallBodies.Received body = receive(service, http, deadline);
        Ticket ticket = admit(workClass, deadline)) {
      counters.accepted();
      run(service, new HttpServiceRequest(http, body.bytes(), deadline), http, answer, ticket);
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

  private CallBodies.Received receive(
      CloudService service, HttpServletRequest http, Deadline deadline)
      throws IOException, InterruptedException {
    admission.arrives();
    try {
      return bodies.receive(http, service, deadline);
    } finally {
      admission.arrived();
    }
  }

  private void run(
      CloudService service,
      HttpServiceRequest request,
      HttpServletRequest http,
      HttpServletResponse answer,
      Ticket ticket)
      throws IOException {
    ServiceResponse response = service.serve(request);
    CallAnswer body =
        new CallAnswer(
            response, answer, headers, ticket, answers, http.getRemoteAddr(), request.deadline());
    try {
      response.body().writeTo(body);
      body.finish();
    } finally {
      body.release();
    }
  }

  private Ticket admit(WorkClass workClass, Deadline deadline) throws InterruptedException {
    Patience patience = new Patience(deadline.left(), deadline.asked());
    return switch (admission.admit(workClass, patience)) {
      case Ticket ticket -> ticket;
      case Refused refused -> throw refused(refused);
      case TooLate late -> throw tooLate();
    };
  }

  private static ProblemException refused(Refused refused) {
    return new ProblemException(
        ProblemType.REFUSED,
        "As many calls of this kind wait as the node lets wait. Nothing was executed.",
        refused.retryAfter());
  }

  static ProblemException tooLate() {
    return new ProblemException(
        ProblemType.DEADLINE_PASSED,
        "The caller's deadline would have passed before the call ran. Nothing was executed.");
  }
}
