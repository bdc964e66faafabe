package io.distri.peer.entry;

import io.distri.peer.vault.PeerId;
import io.distri.peer.vault.ResourceName;
import java.util.Set;

/**
 * A published image.
 *
 * @param size bytes
 * @param modified of the file, in milliseconds since 1970
 * @param mediaType as its first bytes tell
 * @param width pixels, 0 where unknown
 * @param height pixels, 0 where unknown
 * @param thumbnail a PNG of at most 64 × 64 pixels in base64; empty for none
 * @param revision when it was published, in milliseconds since 1970
 */
public record CatalogEntry(
    PeerId owner,
    ResourceName name,
    long size,
    long modified,
    String mediaType,
    int width,
    int height,
    String thumbnail,
    long revision)
    implements Entry {

  /** Characters; a PNG of 64 × 64 pixels without any compression has fewer. */
  public static final int LONGEST_THUMBNAIL = 24_000;

  private static final Set<String> TYPES =
      Set.of(
          "image/png",
          "image/jpeg",
          "image/gif",
          "image/webp",
          "image/bmp",
          "image/avif",
          "image/heic",
          "image/tiff");

  public CatalogEntry {
    Limits.between("size", size, 0, Limits.REVISION);
    Limits.between("modified", modified, 0, Limits.REVISION);
    Limits.between("width", width, 0, Integer.MAX_VALUE);
    Limits.between("height", height, 0, Integer.MAX_VALUE);
    Limits.between("revision", revision, 0, Limits.REVISION);
    if (!TYPES.contains(mediaType)) {
      throw new IllegalArgumentException("not the type of an image");
    }
    if (thumbnail.length() > LONGEST_THUMBNAIL) {
      throw new IllegalArgumentException("the thumbnail is too large");
    }
  }

  @Override
  public String uuid() {
    return owner + "|" + name;
  }

  @Override
  public PeerId signer() {
    return owner;
  }
}
