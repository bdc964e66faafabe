package io.distri.protocol.image;

import io.distri.protocol.DurableFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Seals images into pictures and opens them. Everything streams: an image of any length takes the
 * same few hundred kilobytes. Streams are the caller's to buffer, flush and close. The methods
 * block on their streams only, and may be called concurrently.
 */
public final class SealedImage {

  private SealedImage() {}

  /**
   * Seals an image into a {@link Density#HI16} picture.
   *
   * @param length how many bytes {@code image} has; the picture's dimensions follow from it
   * @param recipients who may open it, 1 to 256
   * @param png gets the picture; what it got is to be discarded where this throws
   * @throws IllegalArgumentException where the recipients or the length can't be sealed for, before
   *     anything is written
   * @throws IOException of the streams, and where {@code image} is shorter or longer than announced
   */
  public static void seal(
      InputStream image,
      long length,
      List<AgeRecipient> recipients,
      Covers covers,
      OutputStream png)
      throws IOException {
    seal(image, length, recipients, covers, Density.HI16, png);
  }

  /**
   * Seals an image into a picture of a chosen density.
   *
   * @see #seal(InputStream, long, List, Covers, OutputStream)
   */
  public static void seal(
      InputStream image,
      long length,
      List<AgeRecipient> recipients,
      Covers covers,
      Density density,
      OutputStream png)
      throws IOException {
    if (length < 0) {
      throw new IllegalArgumentException("an image has no " + length + " bytes");
    }
    AgeFile.check(recipients);
    long payload = AgeFile.length(length, recipients.size());
    CarrierWriter carrier = new CarrierWriter(png, payload, density, covers);
    AgeFile.seal(image, recipients, new CarrierOutput(carrier));
  }

  /**
   * How many bytes the {@link Density#HI16} picture has that seals an image.
   *
   * @param length how many bytes the image has
   * @param recipients how many may open it
   * @throws IllegalArgumentException where no picture holds it
   */
  public static long pictureLength(long length, int recipients, Covers covers) {
    return CarrierWriter.pictureBytes(AgeFile.length(length, recipients), Density.HI16, covers);
  }

  /** How many bytes the bare age file has that seals an image; see {@link #pictureLength}. */
  public static long bareLength(long length, int recipients) {
    return AgeFile.length(length, recipients);
  }

  /**
   * Seals an image into a picture file. A regular file appears complete or not at all, for its
   * owner's eyes only; a device or a pipe that is at the place is written to.
   *
   * @param length how many bytes {@code image} has; negative: all that comes. The picture's
   *     dimensions follow from it, so what comes is kept in a temporary file until its end.
   * @return how many bytes the image has
   * @throws IllegalArgumentException where the recipients can't be sealed for
   */
  public static long seal(
      InputStream image, long length, List<AgeRecipient> recipients, Covers covers, Path png)
      throws IOException {
    if (length >= 0) {
      DurableFile.replace(png, out -> seal(image, length, recipients, covers, out));
      return length;
    }
    Path spool = Files.createTempFile("distri", ".image");
    try (FileChannel kept =
        FileChannel.open(
            spool,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      long all = image.transferTo(Channels.newOutputStream(kept));
      return seal(Channels.newInputStream(kept.position(0)), all, recipients, covers, png);
    }
  }

  /**
   * Seals an image into a bare age file, without a picture: what {@code age -d} reads.
   *
   * @param recipients who may open it, 1 to 256
   * @param age gets the file; what it got is to be discarded where this throws
   * @throws IllegalArgumentException where the recipients can't be sealed for, before anything is
   *     written
   */
  public static void sealBare(InputStream image, List<AgeRecipient> recipients, OutputStream age)
      throws IOException {
    AgeFile.check(recipients);
    AgeFile.seal(image, recipients, new StreamOutput(age));
  }

  /**
   * Opens a picture from anyone. The image's bytes are given out as they prove authentic, in order;
   * only where this returns normally they were all.
   *
   * @param identities each is tried
   * @param maxPngBytes most bytes that the picture may have; time and memory are bounded by it
   * @throws NotOpenedException where it is no sealed image, is damaged, or is for other keys
   * @throws IOException of the streams themselves
   */
  public static void open(
      InputStream png, List<AgeIdentity> identities, OutputStream image, long maxPngBytes)
      throws IOException, NotOpenedException {
    try (PngRows rows = new PngRows(png, maxPngBytes)) {
      CarrierReader carrier = new CarrierReader(rows);
      AgeFile.open(new CarrierInput(carrier), identities, image);
      carrier.finish();
    } catch (MalformedCarrierException malformed) {
      throw new NotOpenedException();
    }
  }

  /**
   * Opens a picture from anyone into a file. A regular file appears complete or not at all, for its
   * owner's eyes only; a device or a pipe that is at the place gets the bytes as they prove
   * authentic.
   *
   * @see #open(InputStream, List, OutputStream, long)
   */
  public static void open(
      InputStream png, List<AgeIdentity> identities, Path image, long maxPngBytes)
      throws IOException, NotOpenedException {
    DurableFile.replace(image, out -> open(png, identities, out, maxPngBytes));
  }

  /**
   * Opens a bare age file from anyone, as {@link #open(InputStream, List, OutputStream, long)} does
   * a picture.
   */
  public static void openBare(InputStream age, List<AgeIdentity> identities, OutputStream image)
      throws IOException, NotOpenedException {
    AgeFile.open(Channels.newChannel(age), identities, image);
  }
}
