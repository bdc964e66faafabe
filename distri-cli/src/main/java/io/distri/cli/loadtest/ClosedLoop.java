package io.distri.cli.loadtest;

import io.distri.cli.terminal.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Clients that all begin at one moment and start their next round when their last one ended. */
final class ClosedLoop {

  private ClosedLoop() {}

  /**
   * Runs the clients, each a virtual thread, and waits for the last one.
   *
   * @param rounds that each client makes
   * @param ended called after each round, by many threads
   */
  static void run(int clients, int rounds, Workload workload, Tally tally, Runnable ended) {
    CountDownLatch start = new CountDownLatch(1);
    Runnable client =
        () -> {
          if (begins(start)) {
            for (int round = 0; round < rounds; round++) {
              workload.round(tally);
              ended.run();
            }
          }
        };
    List<Thread> threads = new ArrayList<>(clients);
    for (int number = 0; number < clients; number++) {
      threads.add(Thread.ofVirtual().name("client-", number).start(client));
    }
    start.countDown();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted in the middle of a test.", e);
    }
  }

  private static boolean begins(CountDownLatch start) {
    try {
      start.await();
      return true;
    } catch (InterruptedException stopped) {
      return false;
    }
  }
}
