package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.HostPort;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class HttpTransportTest {

  @Test
  void a_request_whose_time_is_up_while_it_waits_for_a_connection_was_not_sent()
      throws IOException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (ServerSocket hole = BrokenNode.blackHole();
        HttpTransport transport = new HttpTransport(1, null)) {
      HostPort node = HostPort.parse(BrokenNode.address(hole));
      CompletableFuture<Reply> holder =
          CompletableFuture.supplyAsync(
              () -> transport.exchange(node, Message.get("/"), Duration.ofMinutes(1)), threads);
      for (int i = 0; i < 200; i++) {
        Reply reply = transport.exchange(node, Message.get("/"), Duration.ofMillis(5));
        assertThat(reply).isInstanceOfAny(Reply.NotSent.class, Reply.Lost.class);
      }
      assertThat(transport.exchange(node, Message.get("/"), Duration.ofMillis(5)))
          .isInstanceOf(Reply.NotSent.class);
      assertThat(holder).isNotDone();
    } finally {
      threads.shutdownNow();
    }
  }
}
