package io.distri.node.db;

/**
 * Asked before each document that is held against a filter, by the thread that does so: a pace lets
 * others have the processor, or ends the scan by an exception.
 */
@FunctionalInterface
public interface Pace {
  /** Scans as fast as it goes. */
  Pace UNHURRIED = () -> {};

  /** Returns when the next document may be looked at. */
  void next();
}
