package io.distri.client;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that do not keep a program alive, with names that say whose they are. */
final class DaemonThreads {

  /** Long enough to outlive the gaps of steady traffic; an idle client soon holds no thread. */
  private static final long KEEP_ALIVE_S = 10;

  private DaemonThreads() {}

  static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * An executor that grows to so many threads and lets idle ones go.
   *
   * @param waiting most tasks that wait for a thread; further ones are rejected
   */
  static ThreadPoolExecutor pool(String name, int threads, int waiting) {
    BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(waiting);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads, threads, KEEP_ALIVE_S, TimeUnit.SECONDS, queue, named(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
