package io.distri.client.autoconfigure;

import io.distri.client.CallListener;
import io.distri.client.DistriClient;
import io.distri.client.DistriClientBuilder;
import io.distri.client.DistriCollections;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Makes the client and the collections of the cluster that the properties name. */
@AutoConfiguration
@EnableConfigurationProperties(DistriClientProperties.class)
public final class DistriClientAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  DistriConnectionDetails distriConnectionDetails(DistriClientProperties properties) {
    return new PropertiesConnectionDetails(properties);
  }

  /** Connects to nobody before the first call. There may be details of each of a few nodes. */
  @Bean
  @ConditionalOnMissingBean
  DistriClient distriClient(
      DistriClientProperties properties,
      ObjectProvider<DistriConnectionDetails> connections,
      ObjectProvider<CircuitBreakerRegistry> circuitBreakers,
      ObjectProvider<CallListener> listeners,
      ObjectProvider<DistriClientCustomizer> customizers) {
    DistriClientBuilder builder =
        DistriClient.builder()
            .settings(
                properties.settings(new AllConnections(connections.orderedStream().toList())));
    circuitBreakers.ifUnique(builder::circuitBreakers);
    builder.listener(new AllListeners(listeners.orderedStream().toList()));
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    return builder.build();
  }

  @Bean
  @ConditionalOnMissingBean
  DistriCollections distriCollections(DistriClient client) {
    return new DistriCollections(client);
  }

  /** Every listener of the application, as one. */
  private record AllListeners(List<CallListener> all) implements CallListener {

    @Override
    public Map<String, String> begun(String service) {
      Map<String, String> headers = new HashMap<>();
      all.forEach(listener -> headers.putAll(listener.begun(service)));
      return headers;
    }

    @Override
    public void ended(CallReport report) {
      all.forEach(listener -> listener.ended(report));
    }

    @Override
    public Runnable handedOver(Runnable call) {
      Runnable handed = call;
      for (CallListener listener : all) {
        handed = listener.handedOver(handed);
      }
      return handed;
    }
  }

  /** The nodes of one cluster that are known by details of their own, as one. */
  private record AllConnections(List<DistriConnectionDetails> all)
      implements DistriConnectionDetails {

    @Override
    public List<String> nodes() {
      return all.stream().flatMap(details -> details.nodes().stream()).toList();
    }

    @Override
    public @Nullable String token() {
      return all.stream()
          .map(DistriConnectionDetails::token)
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    }
  }

  /** The cluster that the properties name. */
  private record PropertiesConnectionDetails(DistriClientProperties properties)
      implements DistriConnectionDetails {

    @Override
    public List<String> nodes() {
      return properties.nodes();
    }

    @Override
    public @Nullable String token() {
      return properties.token();
    }
  }
}
