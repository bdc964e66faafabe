package io.distri.peer.entry;

import io.distri.peer.vault.PeerId;
import io.distri.protocol.HostPort;
import io.distri.protocol.image.AgeRecipient;

/**
 * A peer, and where it is.
 *
 * @param address {@code host:port} where other peers call
 * @param recipient {@code age1…}, for whom images are sealed that are meant for this peer
 * @param seen when the peer said so, in milliseconds since 1970
 */
public record UserEntry(PeerId peer, String address, String recipient, long seen) implements Entry {

  public UserEntry {
    HostPort.parse(address);
    AgeRecipient.parse(recipient);
    Limits.between("seen", seen, 0, Limits.REVISION);
  }

  @Override
  public String uuid() {
    return peer.text();
  }

  @Override
  public PeerId signer() {
    return peer;
  }

  @Override
  public long revision() {
    return seen;
  }
}
