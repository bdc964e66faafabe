package io.distri.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class HealthCheckTest {
  @Test
  void only_an_answer_of_200_is_healthy() throws Exception {
    HttpServer program =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    int port = program.getAddress().getPort();
    answer(program, "/ready", 200);
    answer(program, "/not-yet", 503);
    program.start();
    try {
      assertThat(HealthCheck.isHealthy(port, "/ready")).isTrue();
      assertThat(HealthCheck.isHealthy(port, "/not-yet")).isFalse();
    } finally {
      program.stop(0);
    }
    assertThat(HealthCheck.isHealthy(port, "/ready")).as("nobody listens").isFalse();
  }

  private static void answer(HttpServer program, String path, int status) {
    program.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
  }
}
