package io.distri.node.stream;

import io.distri.node.admission.Slowness;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.catalina.connector.ClientAbortException;

/**
 * Where a stream of server-sent events is written. It ends a stream whose reader does not keep up,
 * since what is written may hold an old snapshot of the DB meanwhile. For one thread.
 *
 * <p>A reader that takes nothing at all is cut off by the web server ({@code
 * server.tomcat.connection-timeout}, 20 s); one that takes a little at a time, here.
 */
public final class EventOutput extends OutputStream {
  /** After so long without anything, a stream needs a heartbeat. */
  static final Duration HEARTBEAT = Duration.ofSeconds(3);

  /** How long writes between two flushes may wait for the reader, beside what the rate allows. */
  static final Duration GRACE = Duration.ofSeconds(20);

  /** Bytes a second that every reader must take. */
  static final int LEAST_RATE = 32 * 1024;

  /**
   * So many bytes at a time, so that a reader's rate is known while a large document is written.
   */
  private static final int PIECE = 8 * 1024;

  private final OutputStream out;
  private final LongSupplier nanoTime;
  private long flushedNanos;
  private Slowness slowness = unmeasured();

  /** An output whose reader is measured from now on. */
  public EventOutput(OutputStream out) {
    this(out, System::nanoTime);
  }

  EventOutput(OutputStream out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
    this.flushedNanos = nanoTime.getAsLong();
  }

  /** Whether nothing was written for so long that the caller may take the node for gone. */
  public boolean isSilent() {
    return nanoTime.getAsLong() - flushedNanos >= HEARTBEAT.toNanos();
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  /**
   * Writes bytes.
   *
   * @throws IOException where the caller is gone, or takes less than 32 KiB a second
   */
  @Override
  public void write(byte[] given, int offset, int length) throws IOException {
    for (int done = 0; done < length; done += PIECE) {
      int piece = Math.min(PIECE, length - done);
      long begun = nanoTime.getAsLong();
      out.write(given, offset + done, piece);
      waited(begun, piece);
    }
  }

  /** Sends what was written; what comes next is measured anew. */
  @Override
  public void flush() throws IOException {
    long begun = nanoTime.getAsLong();
    out.flush();
    waited(begun, 0);
    flushedNanos = nanoTime.getAsLong();
    slowness = unmeasured();
  }

  private static Slowness unmeasured() {
    return new Slowness(GRACE, LEAST_RATE);
  }

  private void waited(long begun, int bytes) throws IOException {
    slowness.moved(nanoTime.getAsLong() - begun, bytes);
    if (slowness.isTooMuch()) {
      throw new ClientAbortException(
          "the caller takes less than " + LEAST_RATE + " bytes a second");
    }
  }
}
