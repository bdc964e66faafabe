package io.distri.node.fault;

import io.distri.node.CloudNodeAutoConfiguration;
import io.distri.node.local.LocalNode;
import io.distri.node.security.InternalClient;
import io.distri.node.service.CloudService;
import io.distri.node.service.ServiceCounters;
import io.distri.node.service.ServiceRegistry;
import io.distri.protocol.ServiceNames;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;

/** Puts what plays faults before the real things, where the profile asks for it. */
@AutoConfiguration(after = CloudNodeAutoConfiguration.class)
@Profile("fault")
@EnableConfigurationProperties(FaultProperties.class)
@Import(FaultController.class)
class FaultAutoConfiguration {

  @Bean
  Faults faults(ServiceCounters counters) {
    return new Faults(counters::serverFailed);
  }

  @Bean
  RandomFaults randomFaults(Faults faults, FaultProperties properties) {
    return new RandomFaults(faults, properties, RandomGenerator.getDefault());
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> faultValve(
      Faults faults, LocalNode self) {
    return factory ->
        factory.addEngineValves(new FaultValve(faults, self.internalAddress().port()));
  }

  /** Stats stay true: they are how one sees that the node failed. */
  @Bean
  @Primary
  ServiceRegistry faultyServiceRegistry(List<CloudService> services, Faults faults) {
    return new ServiceRegistry(
        services.stream()
            .map(service ->
                service.name().equals(ServiceNames.STATS)
                    ? service
                    : new FaultyService(service, faults))
            .toList());
  }

  @Bean
  @Primary
  InternalClient faultyInternalClient(
      @Qualifier("internalClient") InternalClient client, Faults faults) {
    return new FaultyClient(client, faults);
  }
}
