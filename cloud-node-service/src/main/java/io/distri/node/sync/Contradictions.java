package io.distri.node.sync;

import io.distri.node.db.Holding;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Members that hold something else than this node although the vectors are equal, and what to do
 * about it. For one thread.
 *
 * <p>In passing that is normal: an entry arrives a moment before the vector covers it. Where it
 * lasts, a write got ahead of the ones before it, and the node that made them is gone. The first
 * remedy is to pull what is beyond the vector. If that doesn't help, something was lost that the
 * vector covers, and all has to be pulled.
 */
final class Contradictions {
  private static final int LASTING = 2;
  private static final int NOT_HELPED = 4;

  private final Map<String, Sighting> sightings = new HashMap<>();

  private record Sighting(Holding mine, Holding theirs, int times) {}

  /** What to do. */
  enum Remedy {
    NOTHING,
    /** Pull what is beyond this node's vector. */
    PULL_BEYOND,
    /** Pull everything. */
    PULL_ALL
  }

  /**
   * To be called once a round for each member.
   *
   * @param theirs null where the member said nothing yet
   */
  Remedy remedy(String memberId, Holding mine, @Nullable Holding theirs) {
    if (theirs == null || !mine.contradicts(theirs)) {
      sightings.remove(memberId);
      return Remedy.NOTHING;
    }
    Sighting before = sightings.get(memberId);
    int times =
        before != null && before.mine.equals(mine) && before.theirs.equals(theirs)
            ? before.times + 1
            : 1;
    sightings.put(memberId, new Sighting(mine, theirs, times));
    return switch (times) {
      case LASTING -> Remedy.PULL_BEYOND;
      case NOT_HELPED -> Remedy.PULL_ALL;
      default -> Remedy.NOTHING;
    };
  }
}
