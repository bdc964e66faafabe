package io.distri.node;

import static io.distri.node.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A trace (W3C) goes from a call through the node to those its write is pushed to. */
class TracingTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLER = "b7ad6b7169203331";

  /** A node that stops ends its exporter. */
  private static InMemorySpanExporter spans = InMemorySpanExporter.create();

  @TempDir Path directory;

  @BeforeEach
  void exportAnew() {
    spans = InMemorySpanExporter.create();
  }

  @Configuration(proxyBeanMethods = false)
  static class Exporting {
    @Bean
    SimpleSpanProcessor spans() {
      return SimpleSpanProcessor.builder(spans).build();
    }
  }

  @Test
  void a_write_is_followed_to_the_node_that_it_is_pushed_to() throws Exception {
    String secret = "distri.node.cluster.secret-file=" + directory.resolve("secret");
    String traces = "management.opentelemetry.enabled=true";
    try (TestNode first = TestNode.with(Exporting.class, secret, traces);
        TestNode second =
            TestNode.with(
                Exporting.class, secret, traces, "distri.node.nodes=" + first.address())) {
      writeWithTrace(first, second);
      await()
          .untilAsserted(() -> {
            SpanData call = span("http post /services/{service}");
            assertThat(call.getParentSpanId()).isEqualTo(CALLER);
            SpanData push = span("distri push");
            assertThat(push.getParentSpanId()).isEqualTo(call.getSpanId());
            SpanData update = span("http post /internal/update-info");
            assertThat(update.getParentSpanId()).isEqualTo(push.getSpanId());
          });
    }
  }

  @Test
  void a_node_that_makes_no_spans_passes_a_trace_on() throws Exception {
    String secret = "distri.node.cluster.secret-file=" + directory.resolve("secret");
    try (TestNode first = TestNode.alone(secret);
        TestNode second =
            TestNode.with(
                Exporting.class,
                secret,
                "management.opentelemetry.enabled=true",
                "distri.node.nodes=" + first.address())) {
      writeWithTrace(first, second);
      await()
          .untilAsserted(() ->
              assertThat(span("http post /internal/update-info").getTraceId()).isEqualTo(TRACE));
    }
  }

  /** Writes at the first node, once the second will be told. */
  private static void writeWithTrace(TestNode first, TestNode second) throws Exception {
    first.awaitMembers(2);
    second.awaitMembers(2);
    spans.reset();
    String parent = "00-" + TRACE + "-" + CALLER + "-01";
    first.call("AddDocument?param=catalog", "{\"UUID\":\"cat\"}", "traceparent", parent);
  }

  private static SpanData span(String name) {
    List<SpanData> found =
        spans.getFinishedSpanItems().stream()
            .filter(span -> span.getTraceId().equals(TRACE) && span.getName().equals(name))
            .toList();
    assertThat(found).as("%s of %s", name, spans.getFinishedSpanItems()).hasSize(1);
    return found.getFirst();
  }

  @Test
  void a_node_that_was_told_nothing_makes_no_spans() throws Exception {
    try (TestNode node = TestNode.with(Exporting.class)) {
      node.call("AddDocument?param=catalog", "{\"UUID\":\"cat\"}");
    }
    assertThat(spans.getFinishedSpanItems()).isEmpty();
  }
}
