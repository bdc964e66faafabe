package io.distri.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.db.Dot;
import io.distri.node.db.Holding;
import io.distri.node.db.VersionVector;
import io.distri.node.sync.Contradictions.Remedy;
import org.junit.jupiter.api.Test;

class ContradictionsTest {
  private static final Holding MINE = holding(1, 10);
  private static final Holding OTHER = holding(1, 11);

  private final Contradictions contradictions = new Contradictions();

  @Test
  void a_member_that_holds_the_same_or_other_writes_is_left_alone() {
    for (int round = 0; round < 6; round++) {
      assertThat(contradictions.remedy("a", MINE, MINE)).isEqualTo(Remedy.NOTHING);
      assertThat(contradictions.remedy("b", MINE, holding(2, 11))).isEqualTo(Remedy.NOTHING);
      assertThat(contradictions.remedy("c", MINE, null)).isEqualTo(Remedy.NOTHING);
    }
  }

  @Test
  void a_difference_that_lasts_is_pulled_and_one_that_stays_is_pulled_whole_once() {
    assertThat(contradictions.remedy("a", MINE, OTHER)).isEqualTo(Remedy.NOTHING);
    assertThat(contradictions.remedy("a", MINE, OTHER)).isEqualTo(Remedy.PULL_BEYOND);
    assertThat(contradictions.remedy("a", MINE, OTHER)).isEqualTo(Remedy.NOTHING);
    assertThat(contradictions.remedy("a", MINE, OTHER)).isEqualTo(Remedy.PULL_ALL);
    assertThat(contradictions.remedy("a", MINE, OTHER)).isEqualTo(Remedy.NOTHING);
  }

  @Test
  void a_difference_that_changes_is_one_in_passing() {
    for (int round = 0; round < 6; round++) {
      assertThat(contradictions.remedy("a", MINE, holding(1, 20 + round)))
          .isEqualTo(Remedy.NOTHING);
    }
  }

  private static Holding holding(long seq, long digest) {
    return new Holding(VersionVector.of(new Dot(7, seq)), 0, digest);
  }
}
