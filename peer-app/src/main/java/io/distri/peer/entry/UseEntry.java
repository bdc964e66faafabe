package io.distri.peer.entry;

import io.distri.peer.vault.PeerId;
import io.distri.peer.vault.ResourceName;

/**
 * What a user has seen.
 *
 * @param spent views, all in all; only ever grows
 */
public record UseEntry(PeerId provider, PeerId user, ResourceName resource, long spent)
    implements ShareEntry {

  public UseEntry {
    Limits.between("spent", spent, 0, Limits.REVISION);
  }

  @Override
  public String uuid() {
    return share().uuid("use");
  }

  @Override
  public PeerId signer() {
    return user;
  }

  @Override
  public long revision() {
    return spent;
  }
}
