package io.distri.node.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NoncesTest {
  private final AtomicLong clock = new AtomicLong();
  private final Nonces nonces = new Nonces(clock::get);

  @Test
  void a_nonce_is_good_once_and_for_its_newcomer() {
    byte[] nonce = nonces.give("a");
    assertThat(nonces.redeem("b", nonce)).isFalse();
    byte[] another = nonces.give("a");
    assertThat(nonces.redeem("a", another)).isTrue();
    assertThat(nonces.redeem("a", another)).isFalse();
    assertThat(nonces.redeem("a", new byte[JoinMessages.NONCE_BYTES])).isFalse();
  }

  @Test
  void one_newcomer_may_knock_twice_at_once() {
    byte[] first = nonces.give("a");
    byte[] second = nonces.give("a");
    assertThat(nonces.redeem("a", first)).isTrue();
    assertThat(nonces.redeem("a", second)).isTrue();
  }

  @Test
  void a_late_nonce_is_no_good() {
    byte[] nonce = nonces.give("a");
    clock.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(nonces.redeem("a", nonce)).isFalse();
  }
}
