package io.distri.node.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.propagation.Propagator;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Decides how requests are observed: wholly, where the node traces, or where its user has a part in
 * what observations are or come to; else sparingly.
 */
@Configuration(proxyBeanMethods = false)
class ServiceObservationConfiguration {

  /** In place of Spring Boot's, with its order. */
  @Bean
  FilterRegistrationBean<ServerHttpObservationFilter> serviceObservationFilter(
      ObservationRegistry observations,
      MeterRegistry meters,
      ObservationProperties properties,
      ObjectProvider<ServerRequestObservationConvention> conventions,
      ObjectProvider<ObservationHandler<?>> handlers,
      ObjectProvider<Propagator> propagators,
      @Value("${management.opentelemetry.enabled:true}") boolean tracing) {
    ServerRequestObservationConvention convention = conventions.getIfAvailable();
    boolean timerAlone =
        !tracing
            && convention == null
            && properties.getEnable().isEmpty()
            && properties.getKeyValues().isEmpty()
            && handlers.stream().allMatch(ServiceObservationConfiguration::isMicrometers);
    if (convention == null) {
      convention =
          new DefaultServerRequestObservationConvention(
              properties.getHttp().getServer().getRequests().getName());
    }
    List<String> traceHeaders =
        propagators.stream().flatMap(propagator -> propagator.fields().stream()).toList();
    var registration =
        new FilterRegistrationBean<>(
            timerAlone
                ? new ServiceObservationFilter(observations, convention, meters, traceHeaders)
                : new ServerHttpObservationFilter(observations, convention));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
    return registration;
  }

  private static boolean isMicrometers(ObservationHandler<?> handler) {
    return handler.getClass().getName().startsWith("io.micrometer.");
  }
}
