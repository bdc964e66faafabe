package io.distri.peer.entry;

import io.distri.peer.vault.PeerId;
import io.distri.peer.vault.ResourceName;

/**
 * An owner's answer to a request.
 *
 * @param views all that were ever granted for this image to this user; what was spent is taken off
 * @param revision one more with every answer and change
 * @param asked the request that is answered
 * @param answer what became of that request; views that were delivered before stay
 */
public record GrantEntry(
    PeerId provider,
    PeerId user,
    ResourceName resource,
    long views,
    long revision,
    long asked,
    Answer answer)
    implements ShareEntry {

  /** What an owner says to a request. */
  public enum Answer {
    GIVEN,
    DENIED,
    /** The owner has deleted the image before it was delivered. */
    DELETED
  }

  public GrantEntry {
    Limits.between("views", views, 0, Limits.REVISION);
    Limits.between("revision", revision, 1, Limits.REVISION);
    Limits.between("asked", asked, 0, Limits.REVISION);
  }

  @Override
  public String uuid() {
    return share().uuid("grant");
  }

  @Override
  public PeerId signer() {
    return provider;
  }

  /** What is left when so many are spent. */
  public long remaining(long spent) {
    return Math.max(0, views - spent);
  }
}
