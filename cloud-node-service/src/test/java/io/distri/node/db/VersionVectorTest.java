package io.distri.node.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionVectorTest {

  @Test
  void covers_the_writes_up_to_the_seq_of_each_actor() {
    VersionVector vector = vector(1, 3, 2, 5);

    assertThat(vector.covers(new Dot(1, 3))).isTrue();
    assertThat(vector.covers(new Dot(1, 4))).isFalse();
    assertThat(vector.covers(new Dot(3, 1))).isFalse();
    assertThat(vector.seq(2)).isEqualTo(5);
    assertThat(vector.seq(3)).isZero();
    assertThat(vector.sum()).isEqualTo(8);
  }

  @Test
  void orders_actors_as_unsigned_numbers() {
    VersionVector vector = vector(-1, 1, 1, 1);

    assertThat(vector.entries()).containsExactly(new Dot(1, 1), new Dot(-1, 1));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void merging_is_the_least_upper_bound(long seed) {
    Random random = new Random(seed);
    VersionVector a = random(random);
    VersionVector b = random(random);
    VersionVector c = random(random);

    VersionVector merged = a.merge(b);

    assertThat(merged).isEqualTo(b.merge(a)).hasSameHashCodeAs(b.merge(a));
    assertThat(merged.merge(c)).isEqualTo(a.merge(b.merge(c)));
    assertThat(merged.merge(a)).isEqualTo(merged);
    assertThat(merged.covers(a)).isTrue();
    assertThat(merged.covers(b)).isTrue();
    assertThat(c.covers(a) && c.covers(b)).isEqualTo(c.covers(merged));
    for (Dot dot : merged.entries()) {
      assertThat(a.covers(dot) || b.covers(dot)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void adding_a_write_is_merging_it(long seed) {
    Random random = new Random(seed);
    VersionVector vector = random(random);
    Dot dot = new Dot(random.nextInt(-3, 3), random.nextInt(1, 6));

    assertThat(vector.with(dot)).isEqualTo(vector.merge(VersionVector.of(dot)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_token_reads_back_as_it_was(long seed) {
    VersionVector vector = random(new Random(seed));

    assertThat(VersionVector.ofToken(vector.toToken())).isEqualTo(vector);
    assertThat(VersionVector.ofBytes(vector.toBytes())).isEqualTo(vector);
  }

  @Test
  void a_token_is_the_base64url_of_big_endian_pairs() {
    byte[] pairs = ByteBuffer.allocate(32).putLong(7).putLong(1).putLong(-2).putLong(9).array();

    assertThat(vector(-2, 9, 7, 1).toToken())
        .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(pairs));
    assertThat(VersionVector.EMPTY.toToken()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AAA",
        "!!!!",
        "AAAAAAAAAAEAAAAAAAAAAA",
        "AAAAAAAAAAIAAAAAAAAAAQAAAAAAAAABAAAAAAAAAAE",
        "AAAAAAAAAAEAAAAAAAAAAQAAAAAAAAABAAAAAAAAAAE"
      })
  void what_is_no_token_is_refused(String token) {
    assertThatIllegalArgumentException().isThrownBy(() -> VersionVector.ofToken(token));
  }

  @Test
  void a_token_beyond_16_KB_is_refused() {
    VersionVector large = VersionVector.EMPTY;
    for (int actor = 1; actor <= 769; actor++) {
      large = large.with(new Dot(actor, 1));
    }
    String token = large.toToken();

    assertThatIllegalArgumentException().isThrownBy(() -> VersionVector.ofToken(token));
  }

  static Stream<Long> seeds() {
    return LongStream.range(0, 200).boxed();
  }

  private static VersionVector vector(long... actorsAndSeqs) {
    VersionVector vector = VersionVector.EMPTY;
    for (int i = 0; i < actorsAndSeqs.length; i += 2) {
      vector = vector.with(new Dot(actorsAndSeqs[i], actorsAndSeqs[i + 1]));
    }
    return vector;
  }

  private static VersionVector random(Random random) {
    VersionVector vector = VersionVector.EMPTY;
    for (int i = random.nextInt(6); i > 0; i--) {
      vector = vector.with(new Dot(random.nextInt(-3, 3), random.nextInt(1, 6)));
    }
    return vector;
  }
}
