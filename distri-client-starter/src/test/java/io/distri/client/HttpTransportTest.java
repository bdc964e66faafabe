package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.HostPort;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpTransportTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ServerSocket hole = BrokenNode.blackHole();
  private final HostPort node = HostPort.parse(BrokenNode.address(hole));
  private final HttpTransport transport = new HttpTransport(1, null);

  @BeforeEach
  void holdTheOnlyConnection() throws IOException {
    threads.submit(() -> transport.exchange(node, Message.get("/"), Duration.ofMinutes(1)));
    hole.accept();
  }

  @AfterEach
  void close() throws IOException {
    transport.close();
    threads.shutdownNow();
    hole.close();
  }

  @Test
  void a_request_whose_time_is_up_while_it_waits_for_a_connection_was_not_sent() {
    for (int i = 0; i < 200; i++) {
      assertThat(transport.exchange(node, Message.get("/"), Duration.ofMillis(5)))
          .isInstanceOf(Reply.NotSent.class);
    }
  }

  @Test
  void a_thread_that_is_interrupted_while_it_waits_for_a_connection_sends_nothing() {
    for (int i = 0; i < 200; i++) {
      Thread.currentThread().interrupt();
      assertThat(transport.exchange(node, Message.get("/"), Duration.ofSeconds(10)))
          .isInstanceOf(Reply.NotSent.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
