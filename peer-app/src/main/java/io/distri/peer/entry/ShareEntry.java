package io.distri.peer.entry;

import io.distri.peer.vault.PeerId;
import io.distri.peer.vault.ResourceName;

/** Something about one image between its provider and one user. */
public sealed interface ShareEntry extends Entry
    permits RequestEntry, GrantEntry, UseEntry, ParcelEntry {

  PeerId provider();

  PeerId user();

  ResourceName resource();

  /** What it is about. */
  default ShareKey share() {
    return new ShareKey(provider(), user(), resource());
  }
}
