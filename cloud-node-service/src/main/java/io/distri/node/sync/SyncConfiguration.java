package io.distri.node.sync;

import io.distri.node.admission.AdmissionControl;
import io.distri.node.db.DocumentStore;
import io.distri.node.join.Joiner;
import io.distri.node.local.LocalNode;
import io.distri.node.membership.FailureDetector;
import io.distri.node.membership.Gossip;
import io.distri.node.membership.MemberTable;
import io.distri.node.membership.SelfMember;
import io.distri.node.security.ClusterId;
import io.distri.node.security.InternalClient;
import io.distri.node.security.InternalWire;
import io.distri.node.security.Whitelist;
import io.distri.node.settings.NodeProperties;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires UpdateInfo. */
@Configuration(proxyBeanMethods = false)
@Import(UpdateInfoController.class)
public class SyncConfiguration {

  @Bean
  AckBoard ackBoard(MemberTable members, NodeProperties properties) {
    return new AckBoard(members, properties.db().writeAck());
  }

  @Bean
  PullSessions pullSessions(DocumentStore documents) {
    return new PullSessions(documents, System::nanoTime);
  }

  @Bean
  Newsroom newsroom(
      DocumentStore documents,
      SelfMember self,
      Gossip gossip,
      Whitelist whitelist,
      AckBoard board) {
    return new Newsroom(documents, self, gossip, whitelist, board);
  }

  @Bean
  Exchange exchange(
      Newsroom newsroom, ClusterId cluster, InternalClient client, InternalWire wire) {
    return new Exchange(newsroom, cluster, client, wire);
  }

  @Bean
  Links links(
      MemberTable members,
      Joiner joiner,
      DocumentStore documents,
      AckBoard board,
      Exchange exchange,
      Gossip gossip) {
    Links links =
        new Links(members, joiner, id -> new Link(id, documents, members, board, exchange, joiner));
    gossip.onRefuted(links::wake);
    return links;
  }

  @Bean
  Heartbeat heartbeat(MemberTable members, Links links, Exchange exchange) {
    FailureDetector detector =
        new FailureDetector(members, RandomGenerator.getDefault(), System::nanoTime);
    return new Heartbeat(detector, members, links, exchange);
  }

  @Bean
  Replication replication(Links links, AckBoard board) {
    return new Replication(links, board);
  }

  @Bean
  ClusterLife clusterLife(
      LocalNode self,
      ClusterId cluster,
      Links links,
      Heartbeat heartbeat,
      DocumentStore documents,
      MemberTable members,
      AckBoard board,
      Exchange exchange,
      AdmissionControl admission,
      NodeProperties properties) {
    SyncRound rounds =
        new SyncRound(documents, members, board, exchange, RandomGenerator.getDefault());
    return new ClusterLife(
        self, cluster, links, heartbeat, rounds, admission, properties.drainTimeout());
  }

  @Bean
  NodeHealth nodeHealthIndicator(LocalNode self, DocumentStore documents) {
    return new NodeHealth(self, documents);
  }
}
