package io.distri.client.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.client.AccessToken;
import io.distri.client.DistriClient;
import io.distri.client.DistriClientSettings;
import io.distri.client.DistriCollections;
import io.distri.client.RefusedEverywhereException;
import io.distri.client.ScriptedNode;
import io.distri.protocol.ServiceNames;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DistriClientAutoConfigurationTest {

  private static final String CLOSED_PORT = "127.0.0.1:1";

  private final ScriptedNode node = ScriptedNode.start("a");

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  DistriClientAutoConfiguration.class,
                  DistriHealthAutoConfiguration.class,
                  DistriObservationAutoConfiguration.class));

  @AfterEach
  void stop() {
    node.close();
  }

  private ApplicationContextRunner withNode() {
    return runner.withPropertyValues("distri.client.nodes=" + node.address());
  }

  @Test
  void a_client_and_its_collections_call_the_nodes_that_the_properties_name() {
    withNode()
        .withPropertyValues("distri.client.token=s3cret")
        .run(context -> {
          byte[] answer = context.getBean(DistriClient.class).sendData(new byte[] {7}, "Encrypt");

          assertThat(answer).containsExactly(7);
          assertThat(context).hasSingleBean(DistriCollections.class);
        });
    assertThat(node.received().get(0).header("Authorization")).isEqualTo("Bearer s3cret");
  }

  @Test
  void the_client_closes_with_the_application() {
    DistriClient[] client = new DistriClient[1];
    withNode().run(context -> client[0] = context.getBean(DistriClient.class));

    assertThat(client[0])
        .satisfies(closed ->
            assertThatThrownBy(closed::askStats).isInstanceOf(IllegalStateException.class));
  }

  @Test
  void the_defaults_of_the_properties_are_those_of_the_core() {
    runner.run(context -> {
      DistriClientProperties properties = context.getBean(DistriClientProperties.class);

      assertThat(properties.settings(context.getBean(DistriConnectionDetails.class)))
          .isEqualTo(DistriClientSettings.of(List.of("http://127.0.0.1:3000")));
    });
  }

  @Test
  void every_property_reaches_the_settings() {
    runner
        .withPropertyValues(
            "distri.client.nodes=a:1,dns://b:2",
            "distri.client.token=t",
            "distri.client.session=false",
            "distri.client.deadline=5s",
            "distri.client.max-in-flight=7",
            "distri.client.retry.ambiguous=1",
            "distri.client.retry.backoff=20ms",
            "distri.client.retry.max-backoff=30ms",
            "distri.client.election.report-max-age=1s",
            "distri.client.election.probes-per-call=2",
            "distri.client.election.probe-timeout=50ms",
            "distri.client.election.table-refresh=3s",
            "distri.client.election.dns-refresh=4s")
        .run(context ->
            assertThat(
                    context
                        .getBean(DistriClientProperties.class)
                        .settings(context.getBean(DistriConnectionDetails.class)))
                .isEqualTo(
                    new DistriClientSettings(
                        List.of("a:1", "dns://b:2"),
                        new AccessToken("t"),
                        false,
                        Duration.ofSeconds(5),
                        7,
                        new DistriClientSettings.Retry(
                            1, Duration.ofMillis(20), Duration.ofMillis(30)),
                        new DistriClientSettings.Election(
                            Duration.ofSeconds(1),
                            2,
                            Duration.ofMillis(50),
                            Duration.ofSeconds(3),
                            Duration.ofSeconds(4)))));
  }

  @ParameterizedTest
  @CsvSource({
    "nodes, nowhere, distri.client.nodes holds 'nowhere'",
    "nodes, '', distri.client.nodes is empty",
    "deadline, 0s, distri.client.deadline is PT0S",
    "max-in-flight, 0, distri.client.max-in-flight is 0: it must be between 1 and 16384",
    "retry.ambiguous, -1, distri.client.retry.ambiguous is -1",
    "retry.max-backoff, 1ms, distri.client.retry.max-backoff is PT0.001S",
    "election.probes-per-call, 0, distri.client.election.probes-per-call is 0",
    "token, two words, distri.client.token is empty or holds spaces"
  })
  void a_bad_value_stops_the_start_with_a_sentence_that_names_the_property(
      String property, String value, String sentence) {
    runner
        .withPropertyValues("distri.client." + property + "=" + value)
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .satisfies(cause ->
                    assertThat(context.getStartupFailure()).hasStackTraceContaining(sentence)));
  }

  @Test
  void a_bad_token_shows_in_no_message() {
    runner
        .withPropertyValues("distri.client.token=my secret")
        .run(context ->
            assertThat(context.getStartupFailure())
                .extracting(Throwables::getStackTrace)
                .asString()
                .doesNotContain("my secret"));
  }

  @Test
  void the_token_shows_in_no_text_of_the_properties() {
    withNode()
        .withPropertyValues("distri.client.token=s3cret")
        .run(context ->
            assertThat(context.getBean(DistriClientProperties.class).toString())
                .doesNotContain("s3cret"));
  }

  @Test
  void the_applications_own_beans_come_first() {
    DistriClient own = Mockito.mock(DistriClient.class);
    runner
        .withBean("ownClient", DistriClient.class, () -> own)
        .run(context -> {
          assertThat(context).getBean(DistriClient.class).isSameAs(own);
          assertThat(context).hasSingleBean(DistriCollections.class);
        });
    runner
        .withBean("ownCollections", DistriCollections.class, () -> new DistriCollections(own))
        .run(context -> assertThat(context).hasSingleBean(DistriCollections.class));
  }

  @Test
  void connection_details_take_the_place_of_the_properties() {
    DistriConnectionDetails details = () -> List.of(node.address().toString());
    runner
        .withPropertyValues("distri.client.nodes=" + CLOSED_PORT)
        .withBean(DistriConnectionDetails.class, () -> details)
        .run(context ->
            assertThat(context.getBean(DistriClient.class).sendData(new byte[1], "Encrypt"))
                .hasSize(1));
  }

  @Test
  void breakers_appear_in_the_applications_registry() {
    CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
    withNode()
        .withBean(CircuitBreakerRegistry.class, () -> registry)
        .run(context -> context.getBean(DistriClient.class).sendData(new byte[1], "Encrypt"));

    assertThat(registry.getAllCircuitBreakers())
        .extracting(breaker -> breaker.getName())
        .containsExactly("distri-client-" + node.address());
  }

  @Test
  void a_customizer_has_the_last_word() {
    runner
        .withPropertyValues("distri.client.nodes=" + CLOSED_PORT)
        .withBean(
            DistriClientCustomizer.class, () -> builder -> builder.nodes(node.address().toString()))
        .run(context ->
            assertThat(context.getBean(DistriClient.class).sendData(new byte[1], "Encrypt"))
                .hasSize(1));
  }

  @Test
  void health_is_up_while_a_node_answers_and_names_the_silent_ones() {
    runner
        .withPropertyValues("distri.client.nodes=" + CLOSED_PORT + "," + node.address())
        .run(context -> {
          Health health = context.getBean("distriHealthIndicator", HealthIndicator.class).health();

          assertThat(health.getStatus()).isEqualTo(Status.UP);
          assertThat(health.getDetails())
              .containsEntry(
                  "nodes",
                  Map.of(CLOSED_PORT, "connection refused", node.address().toString(), "UP"));
        });
  }

  @Test
  void health_is_down_when_no_node_answers() {
    runner
        .withPropertyValues("distri.client.nodes=" + CLOSED_PORT)
        .run(context ->
            assertThat(context.getBean(HealthIndicator.class).health().getStatus())
                .isEqualTo(Status.DOWN));
  }

  @Test
  void the_health_indicator_can_be_switched_off_and_needs_its_module() {
    runner
        .withPropertyValues("management.health.distri.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
    runner
        .withClassLoader(new FilteredClassLoader(HealthIndicator.class))
        .run(context ->
            assertThat(context)
                .hasNotFailed()
                .hasSingleBean(DistriClient.class)
                .doesNotHaveBean("distriHealthIndicator"));
  }

  @Test
  void calls_are_timed_by_service_outcome_node_election_and_attempts() {
    MeterRegistry meters = new SimpleMeterRegistry();
    withNode()
        .withBean(ObservationRegistry.class, () -> observing(meters))
        .run(context -> {
          DistriClient client = context.getBean(DistriClient.class);
          client.sendData(new byte[1], ServiceNames.ENCRYPT);
          client.sendData(new byte[1], ServiceNames.ENCRYPT);
        });

    assertThat(
            meters
                .get("distri.client.calls")
                .tags("node", node.address().toString(), "service", "Encrypt", "outcome", "done")
                .tags("elected", "only_candidate", "attempts", "1")
                .timer()
                .count())
        .isEqualTo(2);
  }

  private static ObservationRegistry observing(MeterRegistry meters) {
    ObservationRegistry registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
    return registry;
  }

  @Test
  void a_call_is_observed_within_what_its_caller_observes() {
    observedCalls(client -> client.sendData(new byte[1], ServiceNames.ENCRYPT));
  }

  @Test
  void an_asynchronous_call_is_observed_within_what_its_caller_observes() {
    observedCalls(client -> client.sendDataAsync(new byte[1], ServiceNames.ENCRYPT).join());
  }

  private void observedCalls(Consumer<DistriClient> call) {
    ObservationRegistry registry = ObservationRegistry.create();
    List<String> parents = new CopyOnWriteArrayList<>();
    registry
        .observationConfig()
        .observationHandler(context -> {
          ObservationView parent = context.getParentObservation();
          parents.add(
              context.getName()
                  + " in "
                  + (parent == null ? "nothing" : parent.getContextView().getName()));
          return true;
        });
    withNode()
        .withBean(ObservationRegistry.class, () -> registry)
        .run(context ->
            Observation.createNotStarted("request", registry)
                .observe(() -> call.accept(context.getBean(DistriClient.class))));

    assertThat(parents).contains("distri.client.calls in request");
    assertThat(registry.getCurrentObservation()).isNull();
  }

  @Test
  void a_trace_goes_on_at_the_node() {
    OpenTelemetrySdk sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder().build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    Tracer tracer =
        new OtelTracer(sdk.getTracer("test"), new OtelCurrentTraceContext(), event -> {});
    ObservationRegistry registry = ObservationRegistry.create();
    registry
        .observationConfig()
        .observationHandler(
            new ObservationHandler.FirstMatchingCompositeObservationHandler(
                new PropagatingSenderTracingObservationHandler<>(
                    tracer, new OtelPropagator(sdk.getPropagators(), sdk.getTracer("test"))),
                new DefaultTracingObservationHandler(tracer)));
    String[] trace = new String[1];
    withNode()
        .withBean(ObservationRegistry.class, () -> registry)
        .run(context ->
            Observation.createNotStarted("request", registry)
                .observe(() -> {
                  trace[0] = tracer.currentSpan().context().traceId();
                  context.getBean(DistriClient.class).sendData(new byte[1], ServiceNames.ENCRYPT);
                }));

    assertThat(node.received().get(0).header("traceparent")).startsWith("00-" + trace[0] + "-");
  }

  @Test
  void failed_calls_are_timed_too() {
    MeterRegistry meters = new SimpleMeterRegistry();
    runner
        .withPropertyValues("distri.client.nodes=" + CLOSED_PORT, "distri.client.deadline=2s")
        .withBean(ObservationRegistry.class, () -> observing(meters))
        .run(context ->
            assertThatThrownBy(() ->
                    context.getBean(DistriClient.class).sendData(new byte[1], ServiceNames.ENCRYPT))
                .isInstanceOf(RefusedEverywhereException.class));

    assertThat(
            meters.get("distri.client.calls").tag("outcome", "refused_everywhere").timer().count())
        .isEqualTo(1);
  }

  @Test
  void without_micrometer_there_are_no_metrics_and_no_error() {
    withNode()
        .withClassLoader(new FilteredClassLoader("io.micrometer.core"))
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(DistriClient.class));
  }
}
