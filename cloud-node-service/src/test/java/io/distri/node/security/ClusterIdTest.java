package io.distri.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterIdTest {
  private static final ClusterSecret NONE = ClusterSecret.of(null, List.of());

  @TempDir Path directory;

  @Test
  void nodes_that_list_the_same_keys_are_of_one_cluster_from_the_start() {
    assertThat(listing("a", "b", "c").value()).isEqualTo(listing("b", "c", "a").value());
  }

  @Test
  void two_that_list_different_keys_agree_on_one_and_both_on_the_same() {
    ClusterId one = listing("a", "b");
    ClusterId other = listing("b", "a", "c");
    String ones = one.value().orElseThrow();
    assertThat(one.agree(other.value().orElseThrow(), other.isFirm())).isTrue();
    assertThat(other.agree(ones, false)).isTrue();
    assertThat(one.value()).isEqualTo(other.value());
    assertThat(one.isFirm()).isTrue();
  }

  @Test
  void one_that_was_in_a_cluster_stays_in_it_over_restarts() {
    ClusterId before = listing("a", "b");
    before.agree("0", true);
    ClusterId after = listing("a", "x");
    assertThat(after.value()).hasValue("0");
    assertThat(after.agree("1", true)).isFalse();
    assertThat(after.isCompatible("1", false)).isTrue();
    assertThat(after.agree("1", false)).isTrue();
    assertThat(after.value()).hasValue("0");
  }

  @Test
  void one_that_joins_by_token_has_none_until_it_is_in() {
    ClusterId newcomer = ClusterId.of(NONE, null, "a", List.of(), true);
    assertThat(newcomer.value()).isEmpty();
    assertThat(newcomer.agree(null, false)).isFalse();
    assertThat(newcomer.agree("7", true)).isTrue();
    assertThat(newcomer.value()).hasValue("7");
  }

  private ClusterId listing(String own, String... others) {
    return ClusterId.of(NONE, directory.resolve("id-" + own), own, List.of(others), false);
  }
}
