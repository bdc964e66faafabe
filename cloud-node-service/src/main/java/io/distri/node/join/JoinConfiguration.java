package io.distri.node.join;

import io.distri.node.membership.MemberTable;
import io.distri.node.membership.SelfMember;
import io.distri.node.security.ClusterSecret;
import io.distri.node.security.InternalClient;
import io.distri.node.security.InternalWire;
import io.distri.node.security.Whitelist;
import io.distri.protocol.identity.Identity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires joining. */
@Configuration(proxyBeanMethods = false)
@Import(JoinController.class)
public class JoinConfiguration {

  @Bean
  InternalClient internalClient(Identity identity, MemberTable members) {
    return new InternalClient(
        identity,
        (address, key) -> members.keyAt(address).map(known -> known.equals(key)).orElse(true));
  }

  @Bean
  Joiner joiner(
      SelfMember self,
      MemberTable members,
      ClusterSecret secret,
      Whitelist whitelist,
      InternalClient client,
      InternalWire wire) {
    return new Joiner(self, members, secret, whitelist, client, wire);
  }
}
