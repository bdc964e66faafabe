package io.distri.node.db;

/** What there is to push to a node that has this one's own writes up to some point. */
public sealed interface RecentWrites permits Push, RecentWrites.None, RecentWrites.TooOld {

  /** Nothing: it has all. */
  record None() implements RecentWrites {}

  /** More than this node remembers one by one: the other has to pull. */
  record TooOld() implements RecentWrites {}
}
