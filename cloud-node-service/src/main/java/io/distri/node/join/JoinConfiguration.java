package io.distri.node.join;

import io.distri.node.local.LocalNode;
import io.distri.node.membership.MemberTable;
import io.distri.node.membership.SelfMember;
import io.distri.node.security.ClusterId;
import io.distri.node.security.ClusterSecret;
import io.distri.node.security.InternalClient;
import io.distri.node.security.InternalWire;
import io.distri.node.security.JoinToken;
import io.distri.node.security.JoinTokens;
import io.distri.node.security.OperatorCertificates;
import io.distri.node.security.Whitelist;
import io.distri.node.settings.NodeProperties;
import io.distri.protocol.identity.Identity;
import io.distri.protocol.identity.KeyTrust;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires joining. */
@Configuration(proxyBeanMethods = false)
@Import(JoinController.class)
public class JoinConfiguration {

  @Bean
  InternalClient internalClient(
      Identity identity, MemberTable members, ObjectProvider<OperatorCertificates> certificates) {
    KeyTrust.Pins pins =
        (address, key) -> members.keyAt(address).map(known -> known.equals(key)).orElse(true);
    OperatorCertificates own = certificates.getIfAvailable();
    return new InternalClient(identity, new KeyTrust(pins, own == null ? null : own.trust()));
  }

  @Bean
  JoinProofs joinProofs(
      Identity identity, ClusterSecret secret, JoinTokens tokens, Whitelist whitelist) {
    return new JoinProofs(identity.id(), secret, tokens, whitelist);
  }

  @Bean
  OwnEviction ownEviction(LocalNode self, Whitelist whitelist) {
    return new OwnEviction(self, whitelist);
  }

  @Bean
  Joiner joiner(
      SelfMember self,
      MemberTable members,
      ClusterId cluster,
      ClusterSecret secret,
      Whitelist whitelist,
      InternalClient client,
      InternalWire wire,
      MeterRegistry meters,
      NodeProperties properties) {
    String token = properties.join().token();
    return new Joiner(
        self,
        members,
        cluster,
        secret,
        token == null ? null : JoinToken.parse(token),
        whitelist,
        client,
        wire,
        meters);
  }
}
