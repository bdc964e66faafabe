package io.distri.peer.book;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells whoever listens that something changed that people can see. Safe for many threads. */
public final class Changes {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Adds a listener, which must be quick; the result takes it away again. */
  public Runnable listen(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  public void happened() {
    listeners.forEach(Runnable::run);
  }
}
