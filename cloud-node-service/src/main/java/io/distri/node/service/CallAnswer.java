package io.distri.node.service;

import io.distri.node.admission.AdmissionControl.Ticket;
import io.distri.node.admission.ByteBudget;
import io.distri.node.admission.Slowness;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer on its way to the caller, in pieces: a piece is made with the call's permit
 * and sent without it, so that a caller who reads slowly keeps nobody else from it. For one thread.
 */
final class CallAnswer extends OutputStream {
  /** Most answers are one piece. */
  private static final int PIECE_BYTES = 1024 * 1024;

  private static final int FIRST_BYTES = 8 * 1024;

  /** As much as Tomcat sends at once: between two such parts the caller's pace is looked at. */
  private static final int SENT_AT_ONCE = 8 * 1024;

  private final ServiceResponse response;
  private final HttpServletResponse http;
  private final NodeHeaders headers;
  private final Ticket ticket;
  private final ByteBudget budget;
  private final String caller;
  private final Deadline deadline;
  private final Slowness slowness = new Slowness();
  private final int most;
  private byte[] piece = new byte[FIRST_BYTES];
  private int length;
  private boolean begun;
  private ByteBudget.@Nullable Loan loan;

  CallAnswer(
      ServiceResponse response,
      HttpServletResponse http,
      NodeHeaders headers,
      Ticket ticket,
      ByteBudget budget,
      String caller,
      Deadline deadline) {
    this.response = response;
    this.http = http;
    this.headers = headers;
    this.ticket = ticket;
    this.budget = budget;
    this.caller = caller;
    this.deadline = deadline;
    this.most = Math.clamp(response.length(), FIRST_BYTES, PIECE_BYTES);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    try {
      if (ticket.isResting()) {
        goOn();
      }
      int at = offset;
      int end = offset + count;
      while (at < end) {
        if (length == piece.length) {
          makeRoom();
        }
        int fits = Math.min(end - at, piece.length - length);
        System.arraycopy(bytes, at, piece, length, fits);
        length += fits;
        at += fits;
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the node stopped before the call was done");
    }
  }

  /** Sends what there is, so that a caller who is gone is noticed. */
  @Override
  public void flush() throws IOException {
    ticket.rest();
    send();
    http.flushBuffer();
  }

  /** Sends the last piece. Nothing may be written any more. */
  void finish() throws IOException {
    ticket.rest();
    send();
  }

  /** Gives back the memory. */
  void release() {
    if (loan != null) {
      loan.close();
    }
  }

  private void makeRoom() throws IOException, InterruptedException {
    if (loan == null) {
      borrow();
    }
    if (piece.length < most) {
      piece = Arrays.copyOf(piece, most < PIECE_BYTES ? most : Math.min(piece.length * 4, most));
    } else {
      ticket.rest();
      send();
      goOn();
    }
  }

  /** Memory for a piece; nobody waits for it with a permit in his hand. */
  private void borrow() throws InterruptedException {
    loan = budget.ask(caller, most);
    if (!loan.await(Duration.ZERO)) {
      ticket.rest();
      if (!loan.await(deadline.left())) {
        throw ServiceCalls.tooLate();
      }
      goOn();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // virtual threads take turns where they say so
  private void goOn() throws InterruptedException {
    // A call that never waits would keep the others from the processor.
    Thread.yield();
    if (!ticket.goOn(deadline.left())) {
      throw ServiceCalls.tooLate();
    }
  }

  private void send() throws IOException {
    if (!begun) {
      begun = true;
      begin(response, http, headers);
    }
    OutputStream out = http.getOutputStream();
    for (int at = 0; at < length; at += SENT_AT_ONCE) {
      long before = System.nanoTime();
      int count = Math.min(SENT_AT_ONCE, length - at);
      out.write(piece, at, count);
      slowness.moved(System.nanoTime() - before, count);
      if (slowness.isTooMuch()) {
        throw new IOException("the caller reads so slowly that the node gave up on it");
      }
    }
    length = 0;
  }

  /** What comes before the body. */
  static void begin(ServiceResponse response, HttpServletResponse http, NodeHeaders headers) {
    http.setStatus(response.status());
    http.setContentType(response.mediaType());
    response.headers().forEach(http::setHeader);
    headers.writeTo(http);
  }
}
