package io.distri.peer.transfer;

import io.distri.peer.entry.ParcelEntry;
import io.distri.peer.entry.Signed;
import io.distri.peer.progress.Progress;
import io.distri.peer.progress.Step;
import io.distri.peer.vault.Digest;
import io.distri.peer.vault.Folders;
import io.distri.protocol.image.AgeIdentity;
import io.distri.protocol.image.ImageType;
import io.distri.protocol.image.NotOpenedException;
import io.distri.protocol.image.SealedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sealed images on their way here. What has come stays when the line breaks or the peer does, and
 * is not sent again. An image is let in only when it is the one that its owner signed for, opens
 * with this peer's key, and is an image. Safe for use by many threads.
 */
public final class Arrivals {
  private static final int BUFFER = 64 * 1024;

  /** What age adds: a header, and 16 bytes to every 64 KiB. */
  private static final long SEAL_BYTES = 4096;

  private final Folders folders;
  private final Borrowed borrowed;
  private final AgeIdentity age;
  private final long maxBytes;
  private final Progress progress;
  private final Map<String, Signed<ParcelEntry>> expected = new ConcurrentHashMap<>();
  private final Set<String> writing = ConcurrentHashMap.newKeySet();

  /**
   * @param maxImage bytes of the largest image that is let in
   */
  public Arrivals(
      Folders folders, Borrowed borrowed, AgeIdentity age, long maxImage, Progress progress) {
    this.folders = folders;
    this.borrowed = borrowed;
    this.age = age;
    this.maxBytes = maxImage + maxImage / 4096 + SEAL_BYTES;
    this.progress = progress;
  }

  /**
   * Begins to expect an image that this peer asked for.
   *
   * @return how many of its bytes are here; empty where it is too large
   */
  public Optional<Long> expect(Signed<ParcelEntry> parcel) throws IOException {
    if (parcel.entry().size() > maxBytes) {
      return Optional.empty();
    }
    expected.put(parcel.entry().sha256(), parcel);
    Path part = part(parcel.entry());
    return Optional.of(Files.exists(part) ? Files.size(part) : 0L);
  }

  /** The parcel that is expected under this hash. */
  public Optional<Signed<ParcelEntry>> expected(String sha256) {
    return Optional.ofNullable(expected.get(sha256));
  }

  /** What became of bytes that came. */
  public enum Outcome {
    /** The image is here, whole and genuine. */
    ARRIVED,
    /** More bytes are to come, or others than these. */
    INCOMPLETE,
    /** These were not the bytes that the owner signed for: they are thrown away. */
    FORGED
  }

  /**
   * Takes in bytes of an expected image. Where the stream breaks off, what came of it stays.
   *
   * @param from where in the image they belong
   */
  public Outcome receive(Signed<ParcelEntry> parcel, long from, InputStream bytes)
      throws IOException {
    String hash = parcel.entry().sha256();
    if (!writing.add(hash)) {
      return Outcome.INCOMPLETE;
    }
    try {
      Path part = part(parcel.entry());
      long has = Files.exists(part) ? Files.size(part) : 0;
      if (from != has) {
        return Outcome.INCOMPLETE;
      }
      if (!append(part, parcel.entry(), has, bytes)) {
        return forged(parcel, part);
      }
      if (Files.size(part) < parcel.entry().size()) {
        return Outcome.INCOMPLETE;
      }
      progress.reached(Step.IMAGE_RECEIVED, parcel.entry().share());
      if (!Digest.of(part).equals(hash) || !opensToAnImage(part)) {
        return forged(parcel, part);
      }
      borrowed.place(parcel, part);
      expected.remove(hash);
      return Outcome.ARRIVED;
    } finally {
      writing.remove(hash);
    }
  }

  private Outcome forged(Signed<ParcelEntry> parcel, Path part) throws IOException {
    Files.deleteIfExists(part);
    expected.remove(parcel.entry().sha256());
    return Outcome.FORGED;
  }

  /** Returns false where there was more than there may be. */
  private boolean append(Path part, ParcelEntry parcel, long has, InputStream bytes)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long rest = parcel.size() - has;
    try (OutputStream out =
        Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
        if (n > rest) {
          return false;
        }
        out.write(buffer, 0, n);
        rest -= n;
        progress.reached(Step.BYTES_RECEIVED, parcel.share());
      }
    }
    return true;
  }

  private boolean opensToAnImage(Path sealed) throws IOException {
    Head head = new Head();
    try (InputStream in = Files.newInputStream(sealed)) {
      SealedImage.openBare(in, List.of(age), head);
      return ImageType.sniff(head.bytes()).isPresent();
    } catch (NotOpenedException notForThisKey) {
      return false;
    }
  }

  private Path part(ParcelEntry parcel) {
    return folders.incoming().resolve(parcel.sha256() + ".part");
  }

  /** Keeps the first bytes and lets the rest go by. */
  private static final class Head extends OutputStream {
    private final byte[] first = new byte[ImageType.HEAD_BYTES];
    private int count;

    @Override
    public void write(int b) {
      if (count < first.length) {
        first[count++] = (byte) b;
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      int taken = Math.min(length, first.length - count);
      System.arraycopy(bytes, offset, first, count, taken);
      count += taken;
    }

    byte[] bytes() {
      return Arrays.copyOf(first, count);
    }
  }
}
