package io.distri.node.security;

import static java.util.Objects.requireNonNull;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Guards the port that {@code management.server.port} opens as the public one is guarded. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
final class ManagementAccessConfiguration {

  /** The same filter, which counts guesses of tokens at both ports together. */
  @Bean
  FilterRegistrationBean<AccessFilter> managementAccessFilter(
      @Qualifier("accessFilter") FilterRegistrationBean<AccessFilter> publicPort) {
    var registration = new FilterRegistrationBean<>(requireNonNull(publicPort.getFilter()));
    registration.setOrder(publicPort.getOrder());
    return registration;
  }

  /** On the addresses of the public port, unless told otherwise. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> managementAddress(
      ManagementServerProperties management, InternalConnector ports) {
    return factory -> factory.setAddress(ports.bind(management.getAddress()));
  }
}
