package io.distri.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClientsTest {

  @Test
  void all_run_and_are_waited_for() {
    AtomicInteger ran = new AtomicInteger();
    Clients.run(100, ran::incrementAndGet);
    assertThat(ran).hasValue(100);
  }

  @Test
  void one_that_breaks_breaks_the_test() {
    AtomicInteger ran = new AtomicInteger();
    assertThatIllegalStateException()
        .isThrownBy(() ->
            Clients.run(
                10,
                () -> {
                  if (ran.incrementAndGet() == 3) {
                    throw new UnsupportedOperationException("broken");
                  }
                }))
        .withCauseInstanceOf(UnsupportedOperationException.class);
    assertThat(ran).hasValue(10);
  }
}
