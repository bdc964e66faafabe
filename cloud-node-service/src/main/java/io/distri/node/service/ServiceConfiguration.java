package io.distri.node.service;

import io.distri.node.admission.AdmissionControl;
import io.distri.node.admission.ByteBudget;
import io.distri.node.admission.LoadMeter;
import io.distri.node.local.LocalNode;
import io.distri.node.problem.ProblemWriter;
import io.distri.node.settings.NodeProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.function.SingletonSupplier;

/** Wires services over HTTP. */
@Configuration(proxyBeanMethods = false)
@Import({DescriptionController.class, ProbeController.class, ServiceObservationConfiguration.class})
public class ServiceConfiguration {
  /**
   * Lent to bodies, which wait for their calls' permits: a few hundred photos. More only makes the
   * collector's work longer.
   */
  private static final double BODIES_OF_THE_HEAP = 1.0 / 16;

  /** Lent to answers on their way to their callers. */
  private static final double ANSWERS_OF_THE_HEAP = 1.0 / 8;

  @Bean
  ServiceRegistry serviceRegistry(List<CloudService> services) {
    return new ServiceRegistry(services);
  }

  @Bean
  ServiceCounters serviceCounters() {
    return new ServiceCounters();
  }

  @Bean
  NodeHeaders nodeHeaders(LocalNode self, LoadMeter load) {
    return new NodeHeaders(self, load);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> nodeValve(
      NodeHeaders headers, ProblemWriter problems) {
    return factory -> new NodeValve(headers, problems).addTo(factory);
  }

  @Bean
  ServletRegistrationBean<ServiceServlet> serviceServlet(
      ObjectProvider<ServiceCalls> calls, ProblemWriter problems) {
    var registration =
        new ServletRegistrationBean<>(
            new ServiceServlet(SingletonSupplier.of(calls::getObject), problems),
            ServiceServlet.MAPPING);
    registration.setName("services");
    return registration;
  }

  @Bean
  ServiceCalls serviceCalls(
      LocalNode self,
      ServiceRegistry services,
      AdmissionControl admission,
      ServiceCounters counters,
      NodeHeaders headers,
      MeterRegistry meters,
      NodeProperties properties) {
    return new ServiceCalls(
        self,
        services,
        admission,
        counters,
        headers,
        meters,
        new CallBodies(
            admission, lent(BODIES_OF_THE_HEAP), Math.toIntExact(properties.maxBody().toBytes())),
        lent(ANSWERS_OF_THE_HEAP));
  }

  private static ByteBudget lent(double ofTheHeap) {
    return new ByteBudget((long) (Runtime.getRuntime().maxMemory() * ofTheHeap));
  }
}
