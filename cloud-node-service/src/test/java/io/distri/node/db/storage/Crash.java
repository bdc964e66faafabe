package io.distri.node.db.storage;

/** The machine stops in the middle of something. */
public final class Crash extends RuntimeException {
  Crash() {
    super("the machine stopped");
  }
}
