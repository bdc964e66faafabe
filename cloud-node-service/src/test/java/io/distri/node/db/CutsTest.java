package io.distri.node.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CutsTest {
  private static final VersionVector FIRST = VersionVector.of(new Dot(7, 1));
  private static final VersionVector SECOND = VersionVector.of(new Dot(7, 2));

  private final Cuts cuts = new Cuts(Duration.ofNanos(10));

  @Test
  void a_base_is_what_all_held_when_the_next_cut_was_begun() {
    assertThat(next(0, FIRST, said(FIRST, 0L))).isNull();
    assertThat(next(10, SECOND, said(SECOND, 10L))).isNull();
    assertThat(next(15, SECOND, said(SECOND, 15L))).isNull();

    assertThat(next(20, SECOND, said(SECOND, 20L))).isEqualTo(FIRST);
  }

  @Test
  void a_member_that_does_not_answer_holds_it_back() {
    for (long nanos = 0; nanos < 100; nanos += 10) {
      assertThat(next(nanos, FIRST, said(FIRST, nanos), said(FIRST, null))).isNull();
    }
  }

  @Test
  void a_member_that_lacks_a_write_holds_it_back_also_where_it_had_it_before() {
    next(0, FIRST, said(FIRST, 0L));
    next(10, FIRST, said(FIRST, 10L));
    for (long nanos = 20; nanos < 100; nanos += 10) {
      assertThat(next(nanos, FIRST, said(VersionVector.EMPTY, nanos))).isNull();
    }
  }

  @Test
  void what_was_said_before_a_cut_began_does_not_count() {
    next(0, FIRST, said(FIRST, 0L));
    next(10, FIRST, said(FIRST, 10L));

    assertThat(next(20, FIRST, said(FIRST, 9L))).isNull();
    assertThat(next(30, FIRST, said(FIRST, 30L))).isEqualTo(FIRST);
  }

  private @Nullable VersionVector next(long nanos, VersionVector own, Cuts.Said... others) {
    return cuts.next(nanos, Coverage.of(VersionVector.EMPTY, own), List.of(others));
  }

  private static Cuts.Said said(VersionVector holds, @Nullable Long asked) {
    return new Cuts.Said(Coverage.of(VersionVector.EMPTY, holds), asked);
  }
}
