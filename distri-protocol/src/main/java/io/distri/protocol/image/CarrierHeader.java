package io.distri.protocol.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What stands before the payload in a carrier's samples: {@code "DSI1"}, density, flags (0) and the
 * payload's length.
 *
 * @param payloadBytes length of the age file, at least 0
 */
record CarrierHeader(Density density, long payloadBytes) {

  static final int BYTES = 14;

  private static final byte[] MAGIC = "DSI1".getBytes(StandardCharsets.US_ASCII);

  byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .put(MAGIC)
        .put((byte) density.code())
        .put((byte) 0)
        .putLong(payloadBytes)
        .array();
  }

  /**
   * Reads a header.
   *
   * @param expected the density that the PNG's bit depth says
   */
  static CarrierHeader decode(byte[] header, Density expected) throws MalformedCarrierException {
    ByteBuffer fields = ByteBuffer.wrap(header);
    byte[] magic = new byte[MAGIC.length];
    fields.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new MalformedCarrierException("no DSI1 header");
    }
    if (fields.get() != expected.code() || fields.get() != 0) {
      throw new MalformedCarrierException("unknown density or flags");
    }
    long payloadBytes = fields.getLong();
    if (payloadBytes < 0) {
      throw new MalformedCarrierException("payload length over 2^63");
    }
    return new CarrierHeader(expected, payloadBytes);
  }
}
