package io.distri.peer.entry;

import io.distri.peer.vault.PeerId;
import io.distri.peer.vault.ResourceName;
import java.util.regex.Pattern;

/**
 * What an owner sends along with a sealed image, so that the file can be told from any other. It is
 * never in the directory.
 *
 * @param sha256 of the sealed image, hexadecimal
 * @param size of the sealed image, in bytes
 * @param revision when it was sealed, in milliseconds since 1970
 */
public record ParcelEntry(
    PeerId provider, PeerId user, ResourceName resource, String sha256, long size, long revision)
    implements ShareEntry {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public ParcelEntry {
    Limits.between("size", size, 1, Limits.REVISION);
    Limits.between("revision", revision, 0, Limits.REVISION);
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("not a SHA-256");
    }
  }

  @Override
  public String uuid() {
    return share().uuid("parcel");
  }

  @Override
  public PeerId signer() {
    return provider;
  }
}
