package io.distri.protocol.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** A kind of image, told by the first bytes of its file; nothing is ever decoded. */
public enum ImageType {
  PNG("image/png"),
  JPEG("image/jpeg"),
  GIF("image/gif"),
  WEBP("image/webp"),
  BMP("image/bmp"),
  AVIF("image/avif"),
  HEIC("image/heic"),
  TIFF("image/tiff");

  /** As many first bytes of a file as {@link #sniff} looks at; fewer are enough for most types. */
  public static final int HEAD_BYTES = 64;

  private static final Set<String> AVIF_BRANDS = Set.of("avif", "avis");
  private static final Set<String> HEIC_BRANDS =
      Set.of("heic", "heix", "hevc", "hevx", "heim", "heis", "hevm", "hevs");

  /** Sizes of the header that follows a BMP's 14 bytes, over all its versions. */
  private static final Set<Integer> BMP_HEADERS = Set.of(12, 16, 40, 52, 56, 64, 108, 124);

  private final String mediaType;

  ImageType(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Such as {@code image/png}. */
  public String mediaType() {
    return mediaType;
  }

  /**
   * The type of the file that starts with these bytes; empty where it is no image.
   *
   * @param head the file, or at least its first {@link #HEAD_BYTES} bytes where it has them
   */
  public static Optional<ImageType> sniff(byte[] head) {
    if (startsWith(head, 0, "\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (startsWith(head, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (startsWith(head, 0, "GIF87a") || startsWith(head, 0, "GIF89a")) {
      return Optional.of(GIF);
    }
    if (startsWith(head, 0, "RIFF") && startsWith(head, 8, "WEBP")) {
      return Optional.of(WEBP);
    }
    if (startsWith(head, 0, "II*\0")
        || startsWith(head, 0, "MM\0*")
        || startsWith(head, 0, "II+\0")
        || startsWith(head, 0, "MM\0+")) {
      return Optional.of(TIFF);
    }
    if (isBmp(head)) {
      return Optional.of(BMP);
    }
    return startsWith(head, 4, "ftyp") ? isoMedia(head) : Optional.empty();
  }

  /** "BM" alone would be met by many a text; its reserved zeros and header size are not. */
  private static boolean isBmp(byte[] head) {
    return startsWith(head, 0, "BM")
        && startsWith(head, 6, "\0\0\0\0")
        && startsWith(head, 15, "\0\0\0")
        && BMP_HEADERS.contains((int) head[14]);
  }

  /** AVIF and HEIC are told by their brands: the major one, or one of the compatible ones. */
  private static Optional<ImageType> isoMedia(byte[] head) {
    int boxSize =
        (head[0] & 0xFF) << 24 | (head[1] & 0xFF) << 16 | (head[2] & 0xFF) << 8 | (head[3] & 0xFF);
    int end = boxSize < 0 ? head.length : Math.min(boxSize, head.length);
    boolean heic = false;
    for (int at = 8; at + 4 <= end; at += 4) {
      String brand = new String(head, at, 4, StandardCharsets.ISO_8859_1);
      // Between the major brand and the compatible ones stands a version number.
      if (at != 12 && AVIF_BRANDS.contains(brand)) {
        return Optional.of(AVIF);
      }
      heic |= at != 12 && HEIC_BRANDS.contains(brand);
    }
    return heic ? Optional.of(HEIC) : Optional.empty();
  }

  private static boolean startsWith(byte[] head, int at, String magic) {
    byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
    return head.length >= at + bytes.length
        && Arrays.equals(head, at, at + bytes.length, bytes, 0, bytes.length);
  }
}
