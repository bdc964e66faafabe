package io.distri.client.autoconfigure;

import io.distri.client.DistriClient;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Makes the health indicator {@code distri}. */
@AutoConfiguration(after = DistriClientAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(DistriClient.class)
@ConditionalOnEnabledHealthIndicator("distri")
public final class DistriHealthAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "distriHealthIndicator")
  HealthIndicator distriHealthIndicator(DistriClient client) {
    return new DistriHealthIndicator(client);
  }
}
