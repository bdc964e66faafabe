package io.distri.client.autoconfigure;

import io.distri.client.DistriClient;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Times every call where there is a meter registry. */
@AutoConfiguration(
    before = DistriClientAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure"
          + ".CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnClass({MeterRegistry.class, DistriClient.class})
@ConditionalOnBean(MeterRegistry.class)
public final class DistriMetricsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  MeteredCalls distriMeteredCalls(MeterRegistry registry) {
    return new MeteredCalls(registry);
  }
}
