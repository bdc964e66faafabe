package io.distri.node.service;

import io.distri.node.problem.ProblemWriter;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/** Has the port that {@code management.server.port} opens answer as the public one does. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
final class ManagementHeadersConfiguration {

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> managementNodeValve(
      NodeHeaders headers, ProblemWriter problems) {
    return factory -> new NodeValve(headers, problems).addTo(factory);
  }
}
