package io.distri.node.security;

import io.distri.node.local.LocalNode;
import io.distri.node.problem.ProblemWriter;
import io.distri.node.settings.NodeProperties;
import io.distri.protocol.identity.Identity;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Wires who may call. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

  @Bean
  ClusterSecret clusterSecret(NodeProperties properties) {
    NodeProperties.Cluster cluster = properties.cluster();
    return ClusterSecret.of(cluster.secretFile(), cluster.secretAddresses());
  }

  @Bean
  Whitelist whitelist() {
    return new Whitelist();
  }

  @Bean
  InternalWire internalWire() {
    return new InternalWire();
  }

  @Bean
  InternalConnector internalConnector(
      LocalNode self, Identity identity, ServerProperties server, NodeProperties properties) {
    return new InternalConnector(self, identity, server, properties.access());
  }

  @Bean
  FilterRegistrationBean<InternalPortFilter> internalPortFilter(
      LocalNode self, Whitelist whitelist, ProblemWriter problems, MeterRegistry meters) {
    var registration =
        new FilterRegistrationBean<>(
            new InternalPortFilter(self.internalAddress().port(), whitelist, problems, meters));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
    return registration;
  }

  @Bean
  FilterRegistrationBean<AccessFilter> accessFilter(
      LocalNode self, ProblemWriter problems, NodeProperties properties) {
    var registration =
        new FilterRegistrationBean<>(
            new AccessFilter(
                properties.access().tokens(), self.internalAddress().port(), problems));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 30);
    return registration;
  }
}
