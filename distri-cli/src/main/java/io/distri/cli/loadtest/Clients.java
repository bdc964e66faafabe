package io.distri.cli.loadtest;

import io.distri.cli.terminal.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Callers of a test, each a virtual thread. */
final class Clients {

  private Clients() {}

  /**
   * Starts so many and waits for the last one.
   *
   * @throws IllegalStateException where one broke: the calls that it left out are not counted
   */
  static void run(int count, Runnable client) {
    List<Thread> threads = new ArrayList<>(count);
    Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
    for (int number = 0; number < count; number++) {
      threads.add(
          Thread.ofVirtual()
              .name("client-", number)
              .uncaughtExceptionHandler((thread, failure) -> broken.add(failure))
              .start(client));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted in the middle of a test.", e);
    }
    if (!broken.isEmpty()) {
      throw new IllegalStateException("a client of the test broke", broken.peek());
    }
  }
}
