package io.distri.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTokenTest {

  static IntStream seeds() {
    return IntStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_is_written_is_read_again(int seed) {
    SessionToken token = random(new Random(seed));

    assertThat(SessionToken.parse(token.format())).isEqualTo(token);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void merging_is_commutative_associative_and_idempotent(int seed) {
    Random random = new Random(seed);
    SessionToken a = random(random);
    SessionToken b = random(random);
    SessionToken c = random(random);

    assertThat(a.merge(b)).isEqualTo(b.merge(a));
    assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
    assertThat(a.merge(a)).isEqualTo(a);
    assertThat(a.merge(SessionToken.EMPTY)).isEqualTo(a);
    assertThat(SessionToken.EMPTY.merge(a)).isEqualTo(a);
  }

  @Test
  void merging_keeps_the_higher_seq_of_each_actor() {
    SessionToken merged = token(Map.of(1L, 5L, 2L, 9L)).merge(token(Map.of(2L, 3L, -1L, 1L)));

    assertThat(merged.seqs()).containsExactlyInAnyOrderEntriesOf(Map.of(1L, 5L, 2L, 9L, -1L, 1L));
  }

  @Test
  void actors_stand_in_unsigned_order() {
    byte[] bytes = Base64.getUrlDecoder().decode(token(Map.of(-1L, 1L, 1L, 2L)).format());

    assertThat(ByteBuffer.wrap(bytes).getLong()).isEqualTo(1L);
    assertThat(ByteBuffer.wrap(bytes).getLong(16)).isEqualTo(-1L);
  }

  @Test
  void no_write_at_all_is_the_empty_header() {
    assertThat(SessionToken.EMPTY.format()).isEmpty();
    assertThat(SessionToken.parse("")).isEqualTo(SessionToken.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "AAAA", "!!!!", "AAAAAAAAAAEAAAAAAAAAAQ=="})
  void what_is_no_token_is_refused(String header) {
    assertThatThrownBy(() -> SessionToken.parse(header))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("session token");
  }

  @Test
  void an_actor_that_comes_twice_or_out_of_order_is_refused() {
    assertThatThrownBy(() -> SessionToken.parse(raw(1, 1, 1, 2)))
        .hasMessageContaining("actors of a session token ascend");
    assertThatThrownBy(() -> SessionToken.parse(raw(2, 1, 1, 2)))
        .hasMessageContaining("actors of a session token ascend");
  }

  @Test
  void a_negative_seq_is_refused() {
    assertThatThrownBy(() -> SessionToken.parse(raw(1, -1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_token_is_at_most_16_KB_long() {
    SessionToken longest = vectorOf(768);
    SessionToken tooLong = vectorOf(769);

    assertThat(longest.format()).hasSize(SessionToken.MAX_LENGTH);
    assertThat(SessionToken.parse(longest.format())).isEqualTo(longest);
    assertThat(tooLong.fits()).isFalse();
    assertThatThrownBy(tooLong::format).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> SessionToken.parse(longest.format() + "A"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16384");
  }

  private static SessionToken vectorOf(int actors) {
    SortedMap<Long, Long> seqs = new TreeMap<>();
    for (long actor = 0; actor < actors; actor++) {
      seqs.put(actor, 1L);
    }
    return new SessionToken(seqs);
  }

  private static SessionToken random(Random random) {
    SortedMap<Long, Long> seqs = new TreeMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      seqs.put(random.nextLong() % 4, random.nextLong() & Long.MAX_VALUE);
    }
    return new SessionToken(seqs);
  }

  private static SessionToken token(Map<Long, Long> seqs) {
    return new SessionToken(new TreeMap<>(seqs));
  }

  private static String raw(long... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Long.BYTES);
    for (long number : numbers) {
      bytes.putLong(number);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }
}
