package io.distri.node;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.tomcat.autoconfigure.metrics.TomcatMetricsAutoConfiguration;
import org.springframework.boot.tomcat.metrics.TomcatMetricsBinder;
import org.springframework.context.annotation.Bean;

/** A CloudNode as a program. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = TomcatMetricsAutoConfiguration.class)
public class CloudNodeApplication {
  public static void main(String[] args) {
    SpringApplication.run(CloudNodeApplication.class, args);
  }

  /**
   * Tomcat's own metrics, where Tomcat has some beside those of sessions, which no node has: they
   * come from the platform's MBean server, and to make that one takes a twentieth of the thread
   * that starts a node.
   */
  @Bean
  @ConditionalOnBooleanProperty("server.tomcat.mbeanregistry.enabled")
  TomcatMetricsBinder tomcatMetricsBinder(MeterRegistry registry) {
    return new TomcatMetricsBinder(registry);
  }
}
