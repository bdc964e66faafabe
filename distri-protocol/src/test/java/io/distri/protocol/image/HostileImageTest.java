package io.distri.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What strangers send to {@code open}: one answer, within bounded time and memory. */
class HostileImageTest {

  private static final byte[] IMAGE = Sealing.bytes(150_000, 31);
  private static final byte[] PNG = Sealing.seal(IMAGE, Density.HI16);
  private static final long LIMIT = 8L << 20;

  /** Far above what any of these needs, far below what a bomb would take. */
  private static final long MOST_ALLOCATED_BYTES = 16L << 20;

  private static final Duration LONGEST = Duration.ofSeconds(5);

  @TempDir Path directory;

  static IntStream lengths() {
    return IntStream.iterate(0, length -> length < PNG.length, length -> length + 4999);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void a_truncated_picture_is_refused_and_only_authentic_bytes_come_out(int length) {
    assertRefused(new ByteArrayInputStream(PNG, 0, length));
  }

  static LongStream seeds() {
    return LongStream.range(0, 150);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_picture_with_a_flipped_bit_is_refused(long seed) {
    Random random = new Random(seed);
    byte[] flipped = PNG.clone();
    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));

    assertRefused(new ByteArrayInputStream(flipped));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_flipped_bit_of_the_payload_is_refused_though_the_checksums_are_right(long seed)
      throws IOException {
    Random random = new Random(seed);
    byte[] payload = Sealing.payload(PNG);
    payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));

    assertRefused(Sealing.carrier(payload, Density.HI16));
  }

  static Stream<Arguments> alteredPayloads() throws IOException {
    byte[] payload = Sealing.payload(PNG);
    int header = payload.length - (int) AgeFile.bodyLength(IMAGE.length);
    int chunk = 65_536 + 16;
    byte[] swapped = payload.clone();
    System.arraycopy(payload, header, swapped, header + chunk, chunk);
    System.arraycopy(payload, header + chunk, swapped, header, chunk);
    return Stream.of(
        Arguments.of("empty", new byte[0]),
        Arguments.of("only the header", Arrays.copyOf(payload, header)),
        Arguments.of("the last chunk cut off", Arrays.copyOf(payload, header + 2 * chunk)),
        Arguments.of("a byte cut off", Arrays.copyOf(payload, payload.length - 1)),
        Arguments.of("a byte added", Arrays.copyOf(payload, payload.length + 1)),
        Arguments.of("chunks swapped", swapped),
        Arguments.of("noise", Sealing.bytes(5000, 32)),
        Arguments.of("no stanza", text("age-encryption.org/v1\n--- AAAA\n")),
        Arguments.of("another version", text("age-encryption.org/v2\n-> X25519 A\nB\n--- C\n")),
        Arguments.of("an endless stanza", text("age-encryption.org/v1\n-> " + "a".repeat(200_000))),
        Arguments.of("six hundred strangers", strangers(600)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("alteredPayloads")
  void an_altered_payload_is_refused(String what, byte[] payload) throws IOException {
    assertRefused(Sealing.carrier(payload, Density.HI16));
    assertRefused(Sealing.carrier(payload, Density.TWO_BITS));
  }

  @Test
  void the_cover_is_not_part_of_the_seal() throws Exception {
    byte[] sameWithOtherCover = Sealing.carrier(Sealing.payload(PNG), Density.TWO_BITS);

    assertThat(Sealing.open(sameWithOtherCover)).isEqualTo(IMAGE);
  }

  @ParameterizedTest
  @EnumSource
  void a_bomb_is_refused_before_it_inflates(Density density) {
    Dimensions size = new Dimensions(65_535, density == Density.HI16 ? 100 : 200);
    byte[] scanlines = new byte[(int) (PngWriter.scanlineBytes(size, density) * size.height())];
    byte[] bomb =
        new PngForge()
            .header(size, density)
            .imageData(PngForge.deflate(scanlines, 9), 10_000)
            .end();

    assertThat(bomb.length).isLessThan(scanlines.length / 500);
    assertRefused(bomb);
  }

  @Test
  void a_bomb_behind_a_genuine_payload_is_refused() throws Exception {
    byte[] payload = Sealing.payload(Sealing.seal(Sealing.bytes(1000, 33), Density.HI16));
    Dimensions size = new Dimensions(2000, 3000);
    byte[] scanlines = new byte[(int) (PngWriter.scanlineBytes(size, Density.HI16) * 3000)];
    byte[] header = new CarrierHeader(Density.HI16, payload.length).encode();
    Hi16Samples samples = new Hi16Samples();
    byte[] black = new byte[payload.length];
    samples.embed(header, 0, black, 0, scanlines, 1, header.length);
    samples.embed(payload, 0, black, 0, scanlines, 1 + 2 * header.length, payload.length);
    byte[] stored =
        new PngForge()
            .header(size, Density.HI16)
            .imageData(PngForge.deflate(scanlines, 0), 10_000)
            .end();
    byte[] bomb =
        new PngForge()
            .header(size, Density.HI16)
            .imageData(PngForge.deflate(scanlines, 9), 10_000)
            .end();

    assertThat(Sealing.open(stored)).isEqualTo(Sealing.bytes(1000, 33));
    assertThat(catchThrowable(() -> Sealing.open(bomb))).isInstanceOf(NotOpenedException.class);
  }

  @Test
  void a_bomb_in_another_chunk_is_not_inflated() throws Exception {
    byte[] zeros = PngForge.deflate(new byte[50_000_000], 9);
    byte[] profile =
        ByteBuffer.allocate(zeros.length + 4).put(text("cat")).put((byte) 0).put(zeros).array();
    byte[] withProfile =
        new PngForge()
            .raw(Arrays.copyOfRange(PNG, 8, 33))
            .chunk("iCCP", profile)
            .raw(Arrays.copyOfRange(PNG, 33, PNG.length))
            .bytes();
    long before = allocatedBytes();

    assertThat(Sealing.open(withProfile)).isEqualTo(IMAGE);
    assertThat(allocatedBytes() - before).isLessThan(MOST_ALLOCATED_BYTES);
  }

  static Stream<Arguments> endless() {
    byte[] start = new PngForge().header(new Dimensions(96, 64), Density.HI16).bytes();
    byte[] comment = Arrays.copyOfRange(new PngForge().chunk("tEXt", new byte[0]).bytes(), 8, 20);
    byte[] empty = Arrays.copyOfRange(new PngForge().chunk("IDAT", new byte[0]).bytes(), 8, 20);
    byte[] chatter =
        Arrays.copyOfRange(new PngForge().chunk("tEXt", new byte[70_000]).bytes(), 8, 70_020);
    return Stream.of(
        Arguments.of("comments", start, comment),
        Arguments.of("long comments", start, chatter),
        Arguments.of("empty image data", start, empty),
        Arguments.of("comments after the picture", Arrays.copyOf(PNG, PNG.length - 12), comment),
        Arguments.of("zeros after the picture", PNG, new byte[100]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endless")
  void a_picture_without_end_is_left_at_the_limit(String what, byte[] start, byte[] repeated) {
    long[] taken = {0};
    InputStream endless =
        new InputStream() {
          private int at;

          @Override
          public int read() {
            taken[0]++;
            at = (at + 1) % repeated.length;
            return repeated[(at + repeated.length - 1) % repeated.length] & 0xFF;
          }
        };

    assertRefused(new SequenceInputStream(new ByteArrayInputStream(start), endless));
    assertThat(taken[0]).isLessThanOrEqualTo(LIMIT + 64 * 1024);
  }

  @Test
  void nothing_is_opened_without_an_identity() {
    Throwable refusal =
        catchThrowable(() ->
            SealedImage.open(
                new ByteArrayInputStream(PNG), List.of(), new ByteArrayOutputStream(), LIMIT));

    assertThat(refusal).isInstanceOf(NotOpenedException.class);
  }

  @Test
  void a_refused_picture_leaves_no_file() {
    for (int length = 0; length < PNG.length; length += 50_000) {
      byte[] part = Arrays.copyOf(PNG, length);
      Throwable refusal =
          catchThrowable(() ->
              SealedImage.open(
                  new ByteArrayInputStream(part),
                  List.of(Sealing.IDENTITY),
                  directory.resolve("image.jpg"),
                  LIMIT));
      assertThat(refusal).isInstanceOf(NotOpenedException.class);
      assertThat(directory).isEmptyDirectory();
    }
  }

  private static void assertRefused(byte[] png) {
    assertRefused(new ByteArrayInputStream(png));
  }

  private static void assertRefused(InputStream png) {
    ByteArrayOutputStream image = new ByteArrayOutputStream(IMAGE.length);
    long allocatedBefore = allocatedBytes();
    long start = cpuNanos();
    Throwable refusal =
        catchThrowable(() -> SealedImage.open(png, List.of(Sealing.IDENTITY), image, LIMIT));
    Duration took = Duration.ofNanos(cpuNanos() - start);
    long allocated = allocatedBytes() - allocatedBefore;

    assertThat(refusal)
        .isExactlyInstanceOf(NotOpenedException.class)
        .hasMessage("not a sealed image, or not for this key")
        .hasNoCause()
        .hasNoSuppressedExceptions();
    assertThat(image.toByteArray()).isEqualTo(Arrays.copyOf(IMAGE, image.size()));
    assertThat(took).isLessThan(LONGEST);
    assertThat(allocated).isLessThan(MOST_ALLOCATED_BYTES);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static byte[] strangers(int count) throws IOException {
    StringBuilder header = new StringBuilder("age-encryption.org/v1\n");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    SealedImage.sealBare(
        InputStream.nullInputStream(), List.of(AgeIdentity.generate().recipient()), file);
    String whole = file.toString(StandardCharsets.ISO_8859_1);
    String stanza = whole.substring(whole.indexOf("->"), whole.indexOf("---"));
    for (int i = 0; i < count; i++) {
      header.append(stanza);
    }
    return text(header + whole.substring(whole.indexOf("---")));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
