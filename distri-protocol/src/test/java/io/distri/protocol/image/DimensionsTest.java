package io.distri.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DimensionsTest {

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_size_holds_what_it_must_wastes_little_and_has_the_shape(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      long samples = 30_000 + (long) Math.exp(random.nextDouble() * Math.log(1e10));
      double aspect = Math.exp((random.nextDouble() * 2 - 1) * Math.log(8));
      Dimensions size = Dimensions.holding(samples, aspect);
      assertThat(size.samples()).isBetween(samples, (long) (samples * 1.0219 * 1.012) + 3);
      boolean bothSidesFree = Math.max(aspect, 1 / aspect) * size.pixels() < 4e9;
      if (bothSidesFree) {
        double shape = (double) size.width() / size.height() / aspect;
        assertThat(shape).isBetween(0.95, 1.06);
      }
    }
  }

  @Test
  void an_octave_has_32_sizes() {
    Set<Dimensions> sizes = new HashSet<>();
    for (long samples = 1_000_001; samples <= 2_000_000; samples += 500) {
      sizes.add(Dimensions.holding(samples, 1.5));
    }

    assertThat(sizes).hasSizeBetween(32, 33);
  }

  @Test
  void small_payloads_share_one_size() {
    assertThat(Dimensions.holding(1, 1.5)).isEqualTo(Dimensions.holding(18_000, 1.5));
  }

  @Test
  void the_largest_payload_of_the_format_fits_and_the_next_is_refused() {
    long most = 3L * Dimensions.MAX_SIDE * Dimensions.MAX_SIDE;

    assertThat(Dimensions.holding(most, 1.5).samples()).isEqualTo(most);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dimensions.holding(most + 1, 1.5))
        .withMessageContaining("too large");
  }
}
