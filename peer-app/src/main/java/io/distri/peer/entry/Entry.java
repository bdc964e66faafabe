package io.distri.peer.entry;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.distri.peer.vault.PeerId;

/**
 * What a peer says. Of two entries with the same UUID the one with the higher revision counts, so
 * that old ones can be shown again without harm and everybody comes to the same in any order.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = UserEntry.class, name = "user"),
  @JsonSubTypes.Type(value = CatalogEntry.class, name = "resource"),
  @JsonSubTypes.Type(value = RequestEntry.class, name = "request"),
  @JsonSubTypes.Type(value = GrantEntry.class, name = "grant"),
  @JsonSubTypes.Type(value = UseEntry.class, name = "use"),
  @JsonSubTypes.Type(value = ParcelEntry.class, name = "parcel")
})
public sealed interface Entry permits UserEntry, CatalogEntry, ShareEntry {

  /** Of the document that holds it. */
  String uuid();

  /** Who alone may say it. */
  PeerId signer();

  /** The highest one counts. */
  long revision();
}
