package io.distri.peer.entry;

import io.distri.peer.vault.PeerId;
import io.distri.peer.vault.ResourceName;

/** Whose image is shared with whom: what a request, its answer and its uses have in common. */
public record ShareKey(PeerId provider, PeerId user, ResourceName resource) {

  String uuid(String kind) {
    return kind + ":" + provider + "|" + user + "|" + resource;
  }
}
