package io.distri.peer.web;

import io.distri.peer.settings.PeerProperties;
import io.distri.peer.vault.Folders;
import io.distri.protocol.HostPort;
import io.distri.protocol.OwnNames;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** Wires the page. */
@Configuration(proxyBeanMethods = false)
@Import({
  PageController.class,
  LiveController.class,
  LoginController.class,
  FileController.class,
  TerminalController.class
})
public class WebConfiguration {

  @Bean
  Secrets secrets(PeerProperties properties) {
    PeerProperties.Web web = properties.web();
    boolean loopback = HostPort.parse(web.address()).resolve().getAddress().isLoopbackAddress();
    if (!loopback && web.token() == null) {
      throw new IllegalArgumentException(
          "distri.peer.web.address is "
              + web.address()
              + ", which others reach: set distri.peer.web.token");
    }
    return new Secrets(web.token());
  }

  @Bean
  Viewings viewings() {
    return new Viewings();
  }

  @Bean
  Cluster cluster() {
    return new Cluster();
  }

  @Bean
  ControlFile controlFile(Folders folders, PeerProperties properties, Secrets secrets) {
    return new ControlFile(folders, HostPort.parse(properties.web().address()), secrets);
  }

  private static OwnNames names(PeerProperties.Web web) {
    List<String> names = new ArrayList<>(web.hosts());
    names.add(HostPort.parse(web.address()).host());
    return new OwnNames(names);
  }

  @Bean
  FilterRegistrationBean<WebGuard> webGuard(PeerProperties properties, Secrets secrets) {
    var registration =
        new FilterRegistrationBean<>(
            new WebGuard(
                names(properties.web()), HostPort.parse(properties.address()).port(), secrets));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 30);
    return registration;
  }
}
