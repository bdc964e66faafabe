package io.distri.node.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventOutputTest {
  private final AtomicLong now = new AtomicLong();

  /** How long the reader lets each write wait. */
  private long waitNanos;

  private final EventOutput out =
      new EventOutput(
          new OutputStream() {
            @Override
            public void write(int value) {
              now.addAndGet(waitNanos);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
              now.addAndGet(waitNanos);
            }
          },
          now::get);

  @Test
  void a_reader_that_takes_a_little_at_a_time_is_cut_off_within_a_document() {
    waitNanos = EventOutput.GRACE.toNanos() / 4;
    assertThatIOException().isThrownBy(() -> out.write(new byte[256 * 1024]));
    assertThat(now.get()).isLessThan(2 * EventOutput.GRACE.toNanos());
  }

  @Test
  void a_slow_reader_is_borne_with_and_one_that_was_slow_long_ago_too() throws IOException {
    waitNanos = 200_000_000;
    assertThatCode(() -> out.write(new byte[100 * EventOutput.LEAST_RATE]))
        .doesNotThrowAnyException();
    out.flush();
    for (long heartbeat = 0; heartbeat < 100; heartbeat++) {
      waitNanos = EventOutput.GRACE.toNanos() / 2;
      out.write(':');
      out.flush();
    }
  }

  @Test
  void it_is_silent_when_nothing_was_sent_for_a_while() throws IOException {
    assertThat(out.isSilent()).isFalse();
    now.addAndGet(EventOutput.HEARTBEAT.toNanos());
    assertThat(out.isSilent()).isTrue();
    out.write(':');
    assertThat(out.isSilent()).isTrue();
    out.flush();
    assertThat(out.isSilent()).isFalse();
  }
}
