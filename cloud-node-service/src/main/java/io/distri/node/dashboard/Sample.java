package io.distri.node.dashboard;

import java.util.Map;

/**
 * What a node did in one period; its JSON keeps these names.
 *
 * @param at end of the period, milliseconds since 1970
 * @param work by key of the class of work
 * @param inFlight calls held at the end, running or queued
 * @param refusedPerSecond calls of services that were not admitted
 */
record Sample(long at, Map<String, Rate> work, int inFlight, double refusedPerSecond) {

  /**
   * Calls of one class of work.
   *
   * @param perSecond that ended well
   * @param meanMs of their times, arrival to end; 0 without any
   */
  record Rate(double perSecond, double meanMs) {}
}
