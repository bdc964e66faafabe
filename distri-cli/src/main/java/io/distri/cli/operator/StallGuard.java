package io.distri.cli.operator;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A stream whose reads fail where nothing comes for a while: the Java client waits for an answer's
 * body without end. For one reader.
 */
final class StallGuard extends FilterInputStream {
  private final Duration patience;
  private final Thread watch;
  private volatile long lastNanos = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(InputStream in, Duration patience) {
    super(in);
    this.patience = patience;
    this.watch = Thread.ofVirtual().name("stall-guard").start(this::watch);
  }

  private void watch() {
    try {
      while (!stalled) {
        long left = patience.toNanos() - (System.nanoTime() - lastNanos);
        if (left > 0) {
          TimeUnit.NANOSECONDS.sleep(left);
        } else {
          stalled = true;
          in.close();
        }
      }
    } catch (InterruptedException | IOException closed) {
      stalled = true;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read;
    try {
      read = super.read(bytes, offset, length);
    } catch (IOException e) {
      throw stalled ? new IOException("nothing came for " + patience.toSeconds() + " s", e) : e;
    }
    lastNanos = System.nanoTime();
    return read;
  }

  @Override
  public void close() throws IOException {
    watch.interrupt();
    super.close();
  }
}
