package io.distri.node;

import static io.distri.node.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.node.service.CloudService;
import io.distri.protocol.Headers;
import io.distri.protocol.LoadReport;
import io.distri.protocol.WorkClass;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Services of users: beans of an application that depends on the node. */
class UserServiceTest {

  @Configuration(proxyBeanMethods = false)
  static class Reversal {
    @Bean
    CloudService reverse() {
      return CloudService.of(
          "Reverse",
          bytes -> {
            byte[] reversed = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
              reversed[i] = bytes[bytes.length - 1 - i];
            }
            return reversed;
          });
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Impostor {
    @Bean
    CloudService encrypt() {
      return CloudService.of("Encrypt", bytes -> bytes);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Slow {
    static final CountDownLatch RELEASE = new CountDownLatch(1);

    @Bean
    CloudService slow() {
      return CloudService.of(
          "Slow",
          bytes -> {
            try {
              RELEASE.await(5, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return bytes;
          });
    }
  }

  @Test
  void a_bean_is_served_listed_measured_and_counted() throws Exception {
    try (TestNode node = TestNode.with(Reversal.class)) {
      HttpResponse<byte[]> answer = node.call("Reverse", "abc");
      assertThat(TestNode.text(answer)).isEqualTo("cba");
      assertThat(TestNode.text(node.get("/nodes"))).contains("\"Reverse\"", "\"Encrypt\"");
      String load = answer.headers().firstValue(Headers.LOAD).orElseThrow();
      assertThat(LoadReport.parse(load).orElseThrow().work()).containsKey(WorkClass.USER);
      assertThat(TestNode.text(node.call("Stats", ""))).contains("Completed Tasks: 1");
      assertThat(TestNode.text(node.get("/actuator/prometheus")))
          .contains("distri_services_seconds_count{outcome=\"completed\",service=\"Reverse\"}");
    }
  }

  @Test
  void a_built_in_name_can_not_be_taken() {
    assertThatThrownBy(() -> TestNode.with(Impostor.class).close())
        .hasStackTraceContaining("Two services are named 'Encrypt'");
  }

  @Test
  void a_node_that_stops_finishes_what_runs_and_refuses_the_rest() throws Exception {
    TestNode node = TestNode.with(Slow.class);
    CompletableFuture<HttpResponse<byte[]>> running =
        CompletableFuture.supplyAsync(() -> call(node, "Slow"));
    await().until(() -> TestNode.text(node.call("Stats", "")).contains("In Flight: 1"));
    CompletableFuture<Void> stopping = CompletableFuture.runAsync(node::close);
    await()
        .untilAsserted(() -> {
          HttpResponse<byte[]> refused = node.call("ReadCollection?param=catalog", "");
          BadInputTest.assertProblem(refused, 503, "unavailable", "restarting");
          assertThat(refused.headers().firstValue(Headers.EXECUTED)).hasValue("no");
        });
    assertThat(node.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
    Slow.RELEASE.countDown();
    assertThat(running.get(5, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
    stopping.get(5, TimeUnit.MINUTES);
  }

  private static HttpResponse<byte[]> call(TestNode node, String service) {
    try {
      return node.call(service, "x");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
