package io.distri.node.db;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What nodes exchange: all that the sender holds of one collection as such, or of one document.
 * Merging it any number of times, in any order, early or late, does no harm.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CollectionEntry.class, name = "collection"),
  @JsonSubTypes.Type(value = DocumentEntry.class, name = "document")
})
public sealed interface Entry permits CollectionEntry, DocumentEntry {

  /** The collection's name. */
  String collection();

  /**
   * Checks what takes longer than making it: that its documents are JSON. One that isn't could be
   * neither searched nor restored.
   *
   * @throws io.distri.node.db.json.InvalidInputException where one is not
   */
  void check();

  /** About how many bytes it has on the wire. */
  int sizeBytes();

  /** The highest timestamp in it; 0 where there is none. */
  long newestHlc();

  /**
   * The same for a node that holds the actor's writes up to a seq, and so remembers those that are
   * not in the base.
   */
  Entry rememberingAfter(long actor, long seq, VersionVector base);

  /** The writes that it names. */
  VersionVector dots();
}
