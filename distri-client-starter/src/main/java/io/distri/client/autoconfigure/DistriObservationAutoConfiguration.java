package io.distri.client.autoconfigure;

import io.distri.client.DistriClient;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Observes every call where there is an observation registry, as the Actuator makes one. */
@AutoConfiguration(
    before = DistriClientAutoConfiguration.class,
    afterName =
        "org.springframework.boot.micrometer.observation.autoconfigure"
            + ".ObservationAutoConfiguration")
@ConditionalOnClass({ObservationRegistry.class, DistriClient.class})
@ConditionalOnBean(ObservationRegistry.class)
public final class DistriObservationAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ObservedCalls distriObservedCalls(ObservationRegistry registry) {
    return new ObservedCalls(registry);
  }
}
