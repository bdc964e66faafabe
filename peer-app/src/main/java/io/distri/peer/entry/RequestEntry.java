package io.distri.peer.entry;

import io.distri.peer.vault.PeerId;
import io.distri.peer.vault.ResourceName;

/**
 * A user asks for views.
 *
 * @param asked when, in milliseconds since 1970; tells this request from later ones
 */
public record RequestEntry(
    PeerId provider, PeerId user, ResourceName resource, int views, long asked)
    implements ShareEntry {

  public RequestEntry {
    Limits.between("views", views, 1, Limits.VIEWS);
    Limits.between("asked", asked, 0, Limits.REVISION);
  }

  @Override
  public String uuid() {
    return share().uuid("req");
  }

  @Override
  public PeerId signer() {
    return user;
  }

  @Override
  public long revision() {
    return asked;
  }
}
