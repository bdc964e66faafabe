package io.distri.node.db;

import java.util.Objects;

/**
 * All writes whose effect a node holds: a base, which every member of the cluster holds, and what
 * came since.
 *
 * <p>Each start of a node that writes adds an actor to what nodes hold, for good. But only what is
 * not in the base travels in sessions, in messages and in the records of the journal: so those stay
 * as small as the cluster's recent past, while the base, 16 bytes for each actor there ever was, is
 * kept once by each node and sent when it has grown. Nothing is guessed when an actor is folded
 * into the base: the base says to which write, a later one of the same actor is beyond it, and a
 * node takes a base over when it holds all of it, not before.
 *
 * <p>A session says by {@link #BASE} how much of the base it leaves out, so that a node which lost
 * its memory does not take it for a small one. Immutable.
 */
public final class Coverage {
  /** No write at all. */
  public static final Coverage NOTHING =
      new Coverage(VersionVector.EMPTY, 0, 0, VersionVector.EMPTY);

  /**
   * The actor of no node. In a session its seq is the {@linkplain VersionVector#sum() number of
   * writes} in the base that the session leaves out. Bases grow out of one another, so that a node
   * whose base has as many holds those.
   */
  public static final long BASE = 0;

  private final VersionVector base;
  private final long baseSum;
  private final long baseDigest;
  private final VersionVector recent;

  private Coverage(VersionVector base, long baseSum, long baseDigest, VersionVector recent) {
    this.base = base;
    this.baseSum = baseSum;
    this.baseDigest = baseDigest;
    this.recent = recent;
  }

  /** The writes of both. */
  public static Coverage of(VersionVector base, VersionVector recent) {
    return new Coverage(base, base.sum(), base.digest(), recent.beyond(base));
  }

  /** What every member holds. */
  public VersionVector base() {
    return base;
  }

  /** See {@link VersionVector#digest()}. */
  public long baseDigest() {
    return baseDigest;
  }

  /** What came since: for each actor with writes beyond the base, the last of them. */
  public VersionVector recent() {
    return recent;
  }

  /** How many of the actor's writes are covered: those from 1 to this. */
  public long seq(long actor) {
    long beyond = recent.seq(actor);
    if (beyond > 0) {
      return beyond;
    }
    return actor == BASE ? baseSum : base.seq(actor);
  }

  /** Whether the write is covered. */
  public boolean covers(Dot dot) {
    return seq(dot.actor()) >= dot.seq();
  }

  /** Whether every write of a vector or a session is covered. */
  public boolean covers(VersionVector writes) {
    return writes.isWithin(this::seq);
  }

  /** Whether every write of the other is covered. */
  public boolean covers(Coverage other) {
    return covers(other.recent) && (base.equals(other.base) || covers(other.base));
  }

  /** This and one write more, with the earlier ones of its actor. */
  public Coverage with(Dot dot) {
    return covers(dot) ? this : on(recent.with(dot));
  }

  /** This and other writes, on the same base. */
  public Coverage merge(VersionVector writes) {
    return covers(writes) ? this : on(recent.merge(writes.beyond(base)));
  }

  /** The writes of both, on the base of both. */
  public Coverage merge(Coverage other) {
    return merge(other.recent).merge(other.base).onBase(other.base);
  }

  /**
   * The same writes on a base that has grown.
   *
   * @throws IllegalArgumentException where not all of it is covered
   */
  public Coverage onBase(VersionVector more) {
    if (base.covers(more)) {
      return this;
    }
    if (!covers(more)) {
      throw new IllegalArgumentException("a base is taken over by who holds all of it");
    }
    return of(base.merge(more), recent);
  }

  private Coverage on(VersionVector newRecent) {
    return new Coverage(base, baseSum, baseDigest, newRecent);
  }

  /** What a session that has seen these writes has to say of them. */
  public VersionVector session(VersionVector seen) {
    VersionVector beyond = seen.beyond(base);
    return baseSum == 0 ? beyond : beyond.with(new Dot(BASE, baseSum));
  }

  /** Every write, as one vector. */
  public VersionVector all() {
    return base.merge(recent);
  }

  /** How many writes are covered. */
  public long sum() {
    return all().sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Coverage coverage
        && recent.equals(coverage.recent)
        && base.equals(coverage.base);
  }

  @Override
  public int hashCode() {
    return Objects.hash(base, recent);
  }

  @Override
  public String toString() {
    return base + "+" + recent;
  }
}
