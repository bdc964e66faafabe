package io.distri.node.service;

import io.distri.node.admission.AdmissionControl;
import io.distri.node.admission.ByteBudget;
import io.distri.node.admission.Slowness;
import io.distri.node.problem.ProblemException;
import io.distri.protocol.ProblemType;
import io.distri.protocol.WorkClass;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Receives bodies before their calls ask for a permit, so that a caller who sends slowly keeps
 * nobody else from it. Memory for a body is lent by a budget once its caller has sent a few
 * kilobytes of it. Safe for use by many threads.
 */
final class CallBodies {
  /** As much as Tomcat itself keeps for a connection, so not worth a loan. */
  private static final int FIRST_BYTES = 8 * 1024;

  static final String TOO_SLOW = "The body came so slowly that the node gave up on it.";

  private static final byte[] NONE = {};

  private final AdmissionControl admission;
  private final ByteBudget budget;
  private final int maxBytes;

  /**
   * @param maxBytes that any body may have
   */
  CallBodies(AdmissionControl admission, ByteBudget budget, int maxBytes) {
    this.admission = admission;
    this.budget = budget;
    this.maxBytes = maxBytes;
  }

  /** A body, and the memory that is lent for it until this is closed. */
  record Received(byte[] bytes, ByteBudget.@Nullable Loan loan) implements AutoCloseable {
    @Override
    public void close() {
      if (loan != null) {
        loan.close();
      }
    }
  }

  /**
   * Receives a body.
   *
   * @throws ProblemException where it is too large, or sent too slowly
   * @throws IOException where the caller broke off
   */
  Received receive(HttpServletRequest http, CloudService service, Deadline deadline)
      throws IOException, InterruptedException {
    int bound = Math.min(service.maxBodyBytes(), maxBytes);
    long announced = http.getContentLengthLong();
    if (announced > bound) {
      throw tooLarge(bound);
    }
    if (announced == 0) {
      return new Received(NONE, null);
    }
    return new Reception(http, service, bound, announced, deadline).receive();
  }

  private static ProblemException tooLarge(int bound) {
    return new ProblemException(
        ProblemType.BODY_TOO_LARGE, "The body may have " + bound + " bytes at most.");
  }

  /** One body on its way. */
  private final class Reception {
    private final InputStream in;
    private final String caller;
    private final int bound;
    private final CloudService service;
    private final long announced;
    private final Deadline deadline;
    private final Slowness slowness = new Slowness();
    private byte[] bytes;
    private int length;

    Reception(
        HttpServletRequest http, CloudService service, int bound, long announced, Deadline deadline)
        throws IOException {
      this.in = http.getInputStream();
      this.caller = http.getRemoteAddr();
      this.bound = bound;
      this.service = service;
      this.announced = announced;
      this.deadline = deadline;
      this.bytes = new byte[(int) Math.min(FIRST_BYTES, announced < 0 ? bound : announced)];
    }

    Received receive() throws IOException, InterruptedException {
      if (fill()) {
        return new Received(whole(), null);
      }
      if (announced < 0 && bytes.length == bound) {
        requireEnd();
        return new Received(bytes, null);
      }
      // Of a body in chunks nobody knows how long it gets: it is taken for as long as it may be.
      ByteBudget.Loan loan =
          budget.ask(caller, service.heapPerBodyByte() * (announced < 0 ? bound : announced));
      boolean received = false;
      try {
        await(loan);
        receiveRest();
        received = true;
        return new Received(bytes, loan);
      } finally {
        if (!received) {
          loan.close();
        }
      }
    }

    private void await(ByteBudget.Loan loan) throws InterruptedException {
      if (loan.await(Duration.ZERO)) {
        return;
      }
      WorkClass workClass = WorkClass.of(service.name());
      admission.queues(workClass);
      try {
        if (!loan.await(deadline.left())) {
          throw ServiceCalls.tooLate();
        }
      } finally {
        admission.queued(workClass);
      }
    }

    private void receiveRest() throws IOException {
      do {
        long next = announced < 0 ? Math.min(bytes.length * 4L, bound) : announced;
        bytes = Arrays.copyOf(bytes, (int) next);
        if (fill()) {
          bytes = whole();
          return;
        }
      } while (bytes.length < bound);
      requireEnd();
    }

    /** Reads until there is no room, or all of the body. Whether that was all. */
    private boolean fill() throws IOException {
      while (length < bytes.length) {
        int count = read(bytes, length, bytes.length - length);
        if (count < 0) {
          if (announced >= 0) {
            throw new EOFException("the caller sent less than it announced");
          }
          return true;
        }
        length += count;
      }
      return length == announced;
    }

    private byte[] whole() {
      return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void requireEnd() throws IOException {
      if (read(new byte[1], 0, 1) >= 0) {
        throw tooLarge(bound);
      }
    }

    private int read(byte[] into, int at, int most) throws IOException {
      long before = System.nanoTime();
      // One who sends nothing at all is given up by Tomcat.
      int count = in.read(into, at, most);
      slowness.moved(System.nanoTime() - before, Math.max(count, 0));
      if (slowness.isTooMuch()) {
        throw tooSlow();
      }
      if (deadline.passed()) {
        throw ServiceCalls.tooLate();
      }
      return count;
    }

    private static ProblemException tooSlow() {
      return new ProblemException(ProblemType.BODY_TOO_SLOW, TOO_SLOW);
    }
  }
}
