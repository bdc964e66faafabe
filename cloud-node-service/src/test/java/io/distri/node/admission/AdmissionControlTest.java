package io.distri.node.admission;

import static io.distri.node.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.admission.AdmissionControl.Refused;
import io.distri.node.admission.AdmissionControl.Ticket;
import io.distri.node.admission.AdmissionControl.TooLate;
import io.distri.protocol.WorkClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class AdmissionControlTest {
  private static final Patience LONG = new Patience(Duration.ofSeconds(30), true);

  private final AdmissionControl admission =
      new AdmissionControl(Map.of(WorkClass.ENCRYPT, 2, WorkClass.USER, 1));

  @Test
  void so_many_run_and_the_next_waits_for_one_of_them() throws Exception {
    Ticket first = ticket(WorkClass.ENCRYPT);
    Ticket second = ticket(WorkClass.ENCRYPT);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<AdmissionControl.Outcome> third =
          threads.submit(() -> admission.admit(WorkClass.ENCRYPT, LONG));
      await().until(() -> admission.inFlight() == 3);
      assertThat(third.isDone()).isFalse();
      first.close();
      assertThat(third.get()).isInstanceOf(Ticket.class);
      ((Ticket) third.get()).close();
    }
    second.close();
    assertThat(admission.inFlight()).isZero();
  }

  @Test
  void one_class_of_work_does_not_hold_up_another() throws Exception {
    Ticket user = ticket(WorkClass.USER);
    ticket(WorkClass.ENCRYPT).close();
    user.close();
  }

  @Test
  void a_caller_whose_deadline_comes_first_is_told_so_and_leaves_no_trace() throws Exception {
    Ticket running = ticket(WorkClass.USER);
    assertThat(admission.admit(WorkClass.USER, new Patience(Duration.ofMillis(20), true)))
        .isInstanceOf(TooLate.class);
    assertThat(admission.inFlight()).isEqualTo(1);
    running.close();
  }

  @Test
  void a_full_queue_refuses_and_says_when_to_come_back() throws Exception {
    Ticket running = ticket(WorkClass.USER);
    int bound = admission.report().get(WorkClass.USER).queueBound();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> queued = new ArrayList<>();
      for (int i = 0; i < bound; i++) {
        queued.add(threads.submit(this::runsInTurn));
      }
      await().until(() -> admission.inFlight() == 1 + bound);
      assertThat(admission.admit(WorkClass.USER, LONG))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.retryAfter()).isPositive());
      running.close();
      for (Future<Boolean> waiting : queued) {
        assertThat(waiting.get()).isTrue();
      }
    }
    assertThat(admission.inFlight()).isZero();
  }

  @Test
  void a_queue_that_stands_sheds_callers_that_named_no_deadline_and_no_others() throws Exception {
    Patience unnamed = new Patience(Duration.ofSeconds(30), false);
    for (Patience patience : List.of(unnamed, LONG)) {
      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger refused = new AtomicInteger();
      AtomicInteger ran = new AtomicInteger();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int caller = 0; caller < 20; caller++) {
          threads.submit(() -> {
            while (!stop.get()) {
              holdsForAWhile(patience, ran, refused);
            }
            return null;
          });
        }
        if (patience.named()) {
          await().until(() -> ran.get() > 300);
        } else {
          await().until(() -> refused.get() > 5);
        }
        stop.set(true);
      }
      assertThat(refused.get() > 0).isNotEqualTo(patience.named());
    }
    assertThat(admission.inFlight()).isZero();
  }

  private void holdsForAWhile(Patience patience, AtomicInteger ran, AtomicInteger refused)
      throws InterruptedException {
    switch (admission.admit(WorkClass.USER, patience)) {
      case Ticket ticket -> {
        try (ticket) {
          LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
          ran.incrementAndGet();
        }
      }
      case Refused busy -> refused.incrementAndGet();
      case TooLate late -> throw new AssertionError("no deadline was near");
    }
  }

  @Test
  void the_report_follows_what_calls_take() throws Exception {
    double before = admission.report().get(WorkClass.USER).serviceMs();
    for (int i = 0; i < 50; i++) {
      try (Ticket ticket = ticket(WorkClass.USER)) {
        ticket.succeeded();
      }
    }
    assertThat(admission.report().get(WorkClass.USER).serviceMs()).isLessThan(before / 10);
    assertThat(admission.report().get(WorkClass.USER).backlogMs()).isZero();
  }

  private boolean runsInTurn() throws InterruptedException {
    if (admission.admit(WorkClass.USER, LONG) instanceof Ticket ticket) {
      ticket.close();
      return true;
    }
    return false;
  }

  private Ticket ticket(WorkClass workClass) throws InterruptedException {
    return (Ticket) admission.admit(workClass, LONG);
  }
}
