package io.distri.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class StallGuardTest {

  @Test
  void a_stream_that_stands_still_fails_its_reader() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    InputStream silent =
        new InputStream() {
          @Override
          public int read() throws IOException {
            try {
              closed.await();
            } catch (InterruptedException e) {
              throw new InterruptedIOException();
            }
            throw new IOException("closed");
          }

          @Override
          public void close() {
            closed.countDown();
          }
        };
    try (StallGuard guard = new StallGuard(silent, Duration.ofMillis(50))) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(guard::read)
          .withMessageContaining("nothing came");
    }
  }

  @Test
  void a_stream_that_comes_is_read_to_its_end() throws Exception {
    byte[] bytes = {1, 2, (byte) 0xFF};
    try (StallGuard guard =
        new StallGuard(new ByteArrayInputStream(bytes), Duration.ofSeconds(30))) {
      assertThat(guard.read()).isEqualTo(1);
      assertThat(guard.readAllBytes()).containsExactly(2, 0xFF);
      assertThat(guard.read()).isEqualTo(-1);
    }
  }
}
