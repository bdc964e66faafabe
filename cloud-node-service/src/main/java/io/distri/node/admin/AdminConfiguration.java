package io.distri.node.admin;

import io.distri.node.local.LocalNode;
import io.distri.node.membership.MemberTable;
import io.distri.node.membership.SelfMember;
import io.distri.node.security.InternalWire;
import io.distri.node.security.JoinTokens;
import io.distri.node.security.Whitelist;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the orders of operators. */
@Configuration(proxyBeanMethods = false)
public class AdminConfiguration {

  @Bean
  AdminController adminController(
      LocalNode local,
      SelfMember self,
      MemberTable members,
      Whitelist whitelist,
      JoinTokens tokens,
      InternalWire wire,
      ConfigurableApplicationContext application) {
    // On a thread of its own: ending waits for the answer to the order.
    Runnable stop = () -> Thread.ofPlatform().name("leave").start(application::close);
    return new AdminController(local, self, members, whitelist, tokens, wire, stop);
  }
}
