package io.distri.node.db;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of what a node holds, as it is kept on disk: merged one after the other, they give what it
 * held.
 *
 * @param version the writes that are in here or in the records before, beyond those of the base
 * @param base what every member held, see {@link Coverage}, where it has grown; else null
 * @param hlc the highest timestamp that the node gave or observed until then
 * @param anew whether this is all there is: what was before doesn't count any more
 * @param entries what changed, as it was after the change
 */
public record JournalRecord(
    VersionVector version,
    @Nullable VersionVector base,
    long hlc,
    boolean anew,
    List<Entry> entries) {
  public JournalRecord {
    entries = List.copyOf(entries);
  }
}
