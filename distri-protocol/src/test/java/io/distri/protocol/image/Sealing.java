package io.distri.protocol.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** What most tests of sealing need: a key pair, a cover, bytes, and both ways in memory. */
final class Sealing {

  static final AgeIdentity IDENTITY = AgeIdentity.generate();
  static final List<AgeRecipient> TO_IDENTITY = List.of(IDENTITY.recipient());
  static final Covers COVERS = Covers.shipped();

  /** Far more than any picture of these tests has. */
  static final long LIMIT = 256L << 20;

  private Sealing() {}

  static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static byte[] seal(byte[] image, Density density) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      SealedImage.seal(
          new ByteArrayInputStream(image), image.length, TO_IDENTITY, COVERS, density, png);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return png.toByteArray();
  }

  static byte[] open(byte[] png) throws NotOpenedException {
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    try {
      SealedImage.open(new ByteArrayInputStream(png), List.of(IDENTITY), image, LIMIT);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return image.toByteArray();
  }

  /** The age file that a carrier carries. */
  static byte[] payload(byte[] png) throws IOException {
    try (PngRows rows = new PngRows(new ByteArrayInputStream(png), LIMIT)) {
      CarrierReader carrier = new CarrierReader(rows);
      ByteArrayOutputStream payload = new ByteArrayOutputStream();
      byte[] buffer = new byte[1000];
      int n;
      while ((n = carrier.read(buffer, 0, buffer.length)) >= 0) {
        payload.write(buffer, 0, n);
      }
      carrier.finish();
      return payload.toByteArray();
    }
  }

  /** A carrier of any payload. */
  static byte[] carrier(byte[] payload, Density density) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    CarrierWriter writer = new CarrierWriter(png, payload.length, density, COVERS);
    writer.write(payload, 0, payload.length);
    writer.finish();
    return png.toByteArray();
  }
}
