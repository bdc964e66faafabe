package io.distri.peer.directory;

import io.distri.protocol.guard.RareLog;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task that runs on a thread of its own, from time to time and soon after it was asked for. */
public final class Pulse implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pulse.class);

  /** Longer than any step of a task but a call that hangs. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Duration interval;
  private final Runnable task;
  private final Semaphore wanted = new Semaphore(0);
  private final Thread thread;
  private final RareLog rare = RareLog.everyMinute();
  private volatile boolean closed;

  public Pulse(String name, Duration interval, Runnable task) {
    this.interval = interval;
    this.task = task;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::beat);
  }

  public void start() {
    thread.start();
  }

  /** Has the task run once more, soon. */
  public void kick() {
    if (wanted.availablePermits() == 0) {
      wanted.release();
    }
  }

  private void beat() {
    while (!closed) {
      wanted.drainPermits();
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        if (closed) {
          return;
        }
        if (rare.mayLog(e.getClass().getName())) {
          log.error("{} failed and is tried again", thread.getName(), e);
        }
      }
      try {
        if (wanted.tryAcquire(interval.toNanos(), TimeUnit.NANOSECONDS)) {
          wanted.release();
        }
      } catch (InterruptedException closing) {
        return;
      }
    }
  }

  /** Lets the task end if it runs, for a while. */
  @Override
  public void close() {
    closed = true;
    wanted.release();
    try {
      if (!thread.join(PATIENCE)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
