package io.distri.cli.loadtest;

import io.distri.cli.terminal.Failure;
import java.util.ArrayList;
import java.util.List;

/** Callers of a test, each a virtual thread. */
final class Clients {

  private Clients() {}

  /** Starts so many and waits for the last one. */
  static void run(int count, Runnable client) {
    List<Thread> threads = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      threads.add(Thread.ofVirtual().name("client-", number).start(client));
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
  }
}
