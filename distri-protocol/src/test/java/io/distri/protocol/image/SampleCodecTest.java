package io.distri.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SampleCodecTest {

  private static final byte[] PAYLOAD = {0x1B, (byte) 0xE4, 0x00, (byte) 0xFF, 0x5A};
  private static final byte[] COVER = {10, 20, 30, 40, 50, 60, 70, 80};

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @Test
  void hi16_is_the_covers_byte_and_then_the_payloads() {
    byte[] row = new byte[10];
    new Hi16Samples().embed(PAYLOAD, 0, COVER, 0, row, 0, 5);

    assertThat(row).containsExactly(10, 0x1B, 20, 0xE4, 30, 0x00, 40, 0xFF, 50, 0x5A);
  }

  @Test
  void two_bits_begin_with_a_bytes_highest_and_leave_the_other_six_to_the_cover() {
    byte[] row = new byte[8];
    new TwoBitSamples().embed(PAYLOAD, 0, COVER, 0, row, 0, 8);

    // 0x1B is 00 01 10 11, 0xE4 is 11 10 01 00.
    assertThat(row).containsExactly(8 + 0, 20 + 1, 28 + 2, 40 + 3, 48 + 3, 60 + 2, 68 + 1, 80 + 0);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_is_embedded_is_extracted_and_nothing_else_is_touched(long seed) {
    Random random = new Random(seed);
    int perByte = random.nextBoolean() ? 1 : 4;
    SampleCodec codec = perByte == 1 ? new Hi16Samples() : new TwoBitSamples();
    int sampleBytes = perByte == 1 ? 2 : 1;
    byte[] payload = Sealing.bytes(80, seed);
    int first = random.nextInt(20);
    int count = random.nextInt(50);
    byte[] cover = Sealing.bytes(100, seed + 1);
    int coverAt = random.nextInt(40);
    byte[] row = Sealing.bytes(200, seed + 2);
    byte[] before = row.clone();
    int rowAt = random.nextInt(50);

    codec.embed(payload, first, cover, coverAt, row, rowAt, count);

    int end = rowAt + count * sampleBytes;
    assertThat(Arrays.copyOf(row, rowAt)).isEqualTo(Arrays.copyOf(before, rowAt));
    assertThat(Arrays.copyOfRange(row, end, 200)).isEqualTo(Arrays.copyOfRange(before, end, 200));
    byte[] extracted = new byte[80];
    codec.extract(row, rowAt, extracted, first, count);
    for (int sample = first; sample < first + count; sample++) {
      int shift = perByte == 1 ? 0 : 6 - 2 * (sample % 4);
      int mask = perByte == 1 ? 0xFF : 3;
      assertThat(extracted[sample / perByte] >> shift & mask)
          .isEqualTo(payload[sample / perByte] >> shift & mask);
    }
  }
}
