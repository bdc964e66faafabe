package io.distri.protocol.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Interleaves bytes: a 16-bit sample is the cover's byte, then the payload's. Bytes are widened to
 * chars, put together there, and copied as they lie in memory. ISO 8859-1 is that widening, and a
 * JVM does it, the loops over chars and the copy with vector instructions, on any processor: half
 * the time of shifting and masking a {@code long}, and as good as {@code Long.expand}, which is
 * slow where a processor has no such instruction. The benchmark is {@code SealedImageBenchmark}.
 */
final class Hi16Samples implements SampleCodec {

  /** As many as stay in the first-level cache with what they are made of. */
  private static final int PIECE_SAMPLES = 4096;

  private static final int SAMPLE_BYTES = 2;

  private final CharsetDecoder widening = StandardCharsets.ISO_8859_1.newDecoder();
  private final CharsetEncoder narrowing = StandardCharsets.ISO_8859_1.newEncoder();
  private final char[] samples = new char[PIECE_SAMPLES];
  private final char[] payloads = new char[PIECE_SAMPLES];

  @Override
  public void embed(
      byte[] payload, int first, byte[] cover, int coverAt, byte[] row, int rowAt, int count) {
    int n;
    for (int done = 0; done < count; done += n) {
      n = Math.min(count - done, PIECE_SAMPLES);
      widen(payload, first + done, payloads, n);
      widen(cover, coverAt + done, samples, n);
      for (int i = 0; i < n; i++) {
        samples[i] = (char) (samples[i] | payloads[i] << Byte.SIZE);
      }
      inMemory(row, rowAt + SAMPLE_BYTES * done, n).put(samples, 0, n);
    }
  }

  @Override
  public void extract(byte[] row, int rowAt, byte[] payload, int first, int count) {
    int n;
    for (int done = 0; done < count; done += n) {
      n = Math.min(count - done, PIECE_SAMPLES);
      inMemory(row, rowAt + SAMPLE_BYTES * done, n).get(samples, 0, n);
      for (int i = 0; i < n; i++) {
        samples[i] = (char) (samples[i] >>> Byte.SIZE);
      }
      narrowing
          .reset()
          .encode(CharBuffer.wrap(samples, 0, n), ByteBuffer.wrap(payload, first + done, n), true);
    }
  }

  private void widen(byte[] bytes, int from, char[] chars, int count) {
    widening
        .reset()
        .decode(ByteBuffer.wrap(bytes, from, count), CharBuffer.wrap(chars, 0, count), true);
  }

  /** A scanline's samples as chars: the first byte is the low one. */
  private static CharBuffer inMemory(byte[] row, int at, int count) {
    return ByteBuffer.wrap(row, at, SAMPLE_BYTES * count)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asCharBuffer();
  }
}
