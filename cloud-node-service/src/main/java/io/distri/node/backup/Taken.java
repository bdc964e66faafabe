package io.distri.node.backup;

import java.util.List;

/**
 * What came of {@link Incoming} documents, or would.
 *
 * @param added how many were not there
 * @param changed how many were there with other content and were replaced
 * @param same how many were there with this content
 * @param conflicts {@code collection/UUID} of those that were there with other content and stay
 * @param held how many documents the node held before, in all collections
 */
public record Taken(int added, int changed, int same, List<String> conflicts, long held) {
  public Taken {
    conflicts = List.copyOf(conflicts);
  }
}
