package io.distri.node.db;

/**
 * The name of one write: the seq-th of an actor. No two writes of a cluster have the same.
 *
 * @param actor the start of a node that made the write, a random number; ordered as unsigned
 * @param seq 1 for the actor's first write, without gaps after it
 */
public record Dot(long actor, long seq) implements Comparable<Dot> {

  public Dot {
    if (seq < 1) {
      throw new IllegalArgumentException("an actor's writes count from 1, not " + seq);
    }
  }

  @Override
  public int compareTo(Dot other) {
    int byActor = Long.compareUnsigned(actor, other.actor);
    return byActor != 0 ? byActor : Long.compare(seq, other.seq);
  }

  @Override
  public String toString() {
    return Long.toHexString(actor) + ":" + seq;
  }
}
