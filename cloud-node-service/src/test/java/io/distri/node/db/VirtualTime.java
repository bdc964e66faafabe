package io.distri.node.db;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** What happens and when, from one seed: a clock of its own and whatever is to come, in order. */
final class VirtualTime {
  private record Event(long millis, long order, Runnable action) {}

  final Random random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::millis).thenComparing(Event::order));
  private long now;
  private long order;

  VirtualTime(long seed, long startMillis) {
    random = new Random(seed);
    now = startMillis;
  }

  /** Milliseconds since 1970. */
  long now() {
    return now;
  }

  void after(long millis, Runnable action) {
    events.add(new Event(now + millis, order++, action));
  }

  /** After a random time. */
  void between(long fromMillis, long toMillis, Runnable action) {
    after(random.nextLong(fromMillis, toMillis), action);
  }

  /** Lets a time pass with all that happens in it. */
  void pass(long millis) {
    long end = now + millis;
    while (!events.isEmpty() && events.peek().millis() <= end) {
      Event event = events.poll();
      now = Math.max(now, event.millis());
      event.action().run();
    }
    now = Math.max(now, end);
  }

  /** Lets a time pass in which nothing happens; what was to come comes right after it. */
  void leap(long millis) {
    now += millis;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }
}
