package io.distri.node.db;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the next base (see {@link Coverage}): writes that every member holds, safe on its disk,
 * since a while.
 *
 * <p>A cut is what any member held when it was asked, all after one moment, and none asked that
 * lacked the cut before. It is done when every member has said that it holds all of it. Then the
 * next cut begins, and when that is done too, the first one is the base. So every write that is not
 * in the second cut was made by a node that held the whole first one: what the first cut says of a
 * document, such as that it was deleted, is known to every write that a node has not seen yet, and
 * nothing that was made without knowing it can turn up any more. That is what makes it safe to
 * forget.
 *
 * <p>A member that is down is asked in vain, so there is no new base until it is back or was
 * evicted. A member that starts anew has to say what it holds again, since it may have lost its
 * disk. Pure, for one thread at a time.
 *
 * <p>After Wuu and Bernstein, "Efficient Solutions to the Replicated Log and Dictionary Problems",
 * 1984, who forget an entry when all are known to have it.
 */
public final class Cuts {
  private final Duration age;
  private @Nullable Long begunNanos;
  private @Nullable VersionVector cut;
  private @Nullable VersionVector done;

  /**
   * @param age how long a cut takes at least: for so long the retry of a write is recognised after
   *     all members hold the write
   */
  public Cuts(Duration age) {
    this.age = age;
  }

  /**
   * What another member said since it started.
   *
   * @param holds all that it said it holds
   * @param askedNanos when it was asked, the last time that it answered; null where it never was
   */
  public record Said(Coverage holds, @Nullable Long askedNanos) {

    /** Whether it answered to a question from then on. */
    public boolean isSince(long nanos) {
      return askedNanos != null && askedNanos - nanos >= 0;
    }

    private boolean holds(@Nullable VersionVector writes) {
      return writes == null || holds.covers(writes);
    }
  }

  /**
   * To be called every now and then.
   *
   * @param nanos a monotonic clock
   * @param own what this node holds
   * @param others what each other member said, dead ones too
   * @return the next base; null where there is none yet
   */
  public @Nullable VersionVector next(long nanos, Coverage own, List<Said> others) {
    long begun = begunNanos == null ? nanos : begunNanos;
    begunNanos = begun;
    if (cut == null && others.stream().allMatch(said -> said.isSince(begun) && said.holds(done))) {
      cut = own.all();
      for (Said said : others) {
        cut = cut.merge(said.holds().all());
      }
    }
    VersionVector all = cut;
    if (all == null
        || nanos - begun < age.toNanos()
        || !own.covers(all)
        || !others.stream().allMatch(said -> said.holds(all))) {
      return null;
    }
    VersionVector base = done;
    done = all;
    cut = null;
    begunNanos = nanos;
    return base;
  }
}
