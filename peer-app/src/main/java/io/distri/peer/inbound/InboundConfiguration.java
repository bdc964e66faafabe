package io.distri.peer.inbound;

import io.distri.peer.directory.Contacts;
import io.distri.peer.settings.PeerProperties;
import io.distri.peer.vault.Keys;
import io.distri.protocol.HostPort;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** Wires the port for other peers. */
@Configuration(proxyBeanMethods = false)
@Import(PeerController.class)
public class InboundConfiguration {

  @Bean
  PeerPort peerPort(PeerProperties properties, Keys keys) {
    return new PeerPort(
        HostPort.parse(properties.address()),
        HostPort.parse(properties.web().address()),
        keys.identity());
  }

  /** On both ports. */
  @Bean
  FilterRegistrationBean<UnreadableFilter> unreadableFilter() {
    var registration = new FilterRegistrationBean<>(new UnreadableFilter());
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return registration;
  }

  @Bean
  FilterRegistrationBean<PeerPortFilter> peerPortFilter(
      PeerProperties properties, Contacts contacts) {
    var registration =
        new FilterRegistrationBean<>(
            new PeerPortFilter(HostPort.parse(properties.address()).port(), contacts));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
    return registration;
  }
}
