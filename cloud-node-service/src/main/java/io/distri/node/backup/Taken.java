package io.distri.node.backup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of {@link Incoming} documents, or would.
 *
 * @param added how many were not there
 * @param changed how many were there with other content and were replaced
 * @param same how many were there with this content
 * @param conflicts {@code collection/UUID} of those that were there with other content and stay
 * @param held how many documents the node held before, in all collections
 * @param needed how many bytes the pages up to this one need, where {@link Incoming#before} was
 *     said; else null
 */
public record Taken(
    int added, int changed, int same, List<String> conflicts, long held, @Nullable Long needed) {
  public Taken {
    conflicts = List.copyOf(conflicts);
  }

  public Taken(int added, int changed, int same, List<String> conflicts, long held) {
    this(added, changed, same, conflicts, held, null);
  }
}
