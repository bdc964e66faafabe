package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpTransportTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ServerSocket hole = BrokenNode.blackHole();
  private final HostPort node = HostPort.parse(BrokenNode.address(hole));
  private final HttpTransport transport = new HttpTransport(1, null);

  /** Kept, since a socket that nobody refers to is closed by the collector. */
  private Socket held;

  @BeforeEach
  void holdTheOnlyConnection() throws IOException {
    threads.submit(() -> transport.exchange(node, Message.get("/"), Duration.ofMinutes(1)));
    held = hole.accept();
  }

  @AfterEach
  void close() throws IOException {
    transport.close();
    threads.shutdownNow();
    held.close();
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
      assertThat(transport.exchange(node, Message.get("/"), Duration.ofMinutes(5)))
          .isInstanceOf(Reply.NotSent.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void of_the_connections_to_a_node_that_died_only_one_costs_a_try() throws Exception {
    List<Socket> kept = new CopyOnWriteArrayList<>();
    CyclicBarrier both = new CyclicBarrier(2);
    ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    HostPort dying = new HostPort("127.0.0.1", listening.getLocalPort());
    for (int connection = 0; connection < 2; connection++) {
      threads.submit(() -> {
        Socket socket = listening.accept();
        kept.add(socket);
        socket.getInputStream().read(new byte[4096]);
        both.await(5, TimeUnit.MINUTES);
        socket.getOutputStream().write("HTTP/1.1 204 \r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
      });
    }
    try (HttpTransport pooled = new HttpTransport(4, null)) {
      Callable<Reply> call = () -> pooled.exchange(dying, Message.get("/"), Duration.ofMinutes(5));
      for (Future<Reply> answer : threads.invokeAll(List.of(call, call))) {
        assertThat(answer.get()).isInstanceOf(Reply.Answer.class);
      }
      listening.close();
      for (Socket socket : kept) {
        socket.close();
      }
      assertThat(call.call()).isInstanceOf(Reply.Lost.class);
      assertThat(call.call()).isInstanceOf(Reply.NotSent.class);
    }
  }
}
