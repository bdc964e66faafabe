package io.distri.node.db;

import java.util.List;

/**
 * A step of what a node holds, as it is kept on disk: merged one after the other, they give what it
 * held.
 *
 * @param version the writes that are in here or in the records before
 * @param hlc the highest timestamp that the node gave or observed until then
 * @param entries what changed, as it was after the change
 */
public record JournalRecord(VersionVector version, long hlc, List<Entry> entries) {
  public JournalRecord {
    entries = List.copyOf(entries);
  }
}
