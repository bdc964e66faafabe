package io.distri.peer.progress;

import io.distri.peer.entry.ShareKey;

/** Is told how far something has come. Called in the middle of it, by many threads. */
@FunctionalInterface
public interface Progress {

  /** A step was reached. What comes after it waits for this to return. */
  void reached(Step step, ShareKey share);
}
