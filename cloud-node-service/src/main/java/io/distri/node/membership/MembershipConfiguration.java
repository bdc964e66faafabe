package io.distri.node.membership;

import io.distri.node.admission.LoadMeter;
import io.distri.node.db.DocumentStore;
import io.distri.node.local.LocalNode;
import io.distri.node.security.Whitelist;
import io.distri.node.service.ServiceRegistry;
import io.distri.node.settings.NodeProperties;
import io.distri.protocol.HostPort;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the node table. */
@Configuration(proxyBeanMethods = false)
@Import(NodeTableController.class)
public class MembershipConfiguration {

  @Bean
  SelfMember selfMember(
      LocalNode self,
      ObjectProvider<ServiceRegistry> services,
      DocumentStore documents,
      LoadMeter load) {
    return new SelfMember(
        self,
        System.currentTimeMillis(),
        () -> services.getObject().names(),
        () -> documents.version().sum(),
        () -> load.report().format());
  }

  @Bean
  ClusterTable clusterTable(SelfMember self, MemberTable members) {
    return new ClusterTable(self, members);
  }

  @Bean
  Gossip gossip(SelfMember self, MemberTable members) {
    return new Gossip(self, members);
  }

  @Bean
  MemberTable memberTable(LocalNode self, Whitelist whitelist, NodeProperties properties) {
    MemberTable members =
        new MemberTable(
            self.id(),
            properties.nodes().stream()
                .map(HostPort::parse)
                .filter(contact -> !contact.equals(self.address()))
                .toList(),
            whitelist::isEvicted,
            System::nanoTime);
    whitelist.onEviction(members::strike);
    return members;
  }
}
