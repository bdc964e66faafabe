package io.distri.node.sync;

import io.distri.node.admission.AdmissionControl;
import io.distri.node.db.Cuts;
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
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires UpdateInfo. */
@Configuration(proxyBeanMethods = false)
@Import(UpdateInfoController.class)
public class SyncConfiguration {
  @Bean
  AckBoard ackBoard(MemberTable members, NodeProperties properties) {
    return new AckBoard(members::electorate, properties.db().writeAck());
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
  SyncObservations syncObservations(ObservationRegistry observations, MeterRegistry meters) {
    return new SyncObservations(observations, meters);
  }

  @Bean
  Exchange exchange(
      Newsroom newsroom,
      ClusterId cluster,
      InternalClient client,
      InternalWire wire,
      SyncObservations observations) {
    return new Exchange(newsroom, cluster, client, wire, observations);
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
  Heartbeat heartbeat(MemberTable members, Links links, AckBoard board, Exchange exchange) {
    FailureDetector detector = new FailureDetector(members, new SecureRandom(), System::nanoTime);
    return new Heartbeat(detector, members, links, board, exchange);
  }

  @Bean
  MeterBinder replicationLag(DocumentStore documents, MemberTable members, AckBoard board) {
    return meters ->
        members.onNewMember(member ->
            Gauge.builder(
                    "distri.sync.lag",
                    () -> documents.version().sum() - board.heldBy(member.id()).sum())
                .description("writes that this node holds and the member did not say it holds")
                .tag("member", member.id().substring(0, 8))
                .register(meters));
  }

  @Bean
  Replication replication(Links links, AckBoard board, SyncObservations observations) {
    return new Replication(links, board, observations);
  }

  @Bean
  ClusterLife clusterLife(
      LocalNode self,
      SelfMember me,
      ClusterId cluster,
      Links links,
      Heartbeat heartbeat,
      DocumentStore documents,
      MemberTable members,
      AckBoard board,
      Exchange exchange,
      AdmissionControl admission,
      NodeProperties properties) {
    BaseGrowth growth =
        new BaseGrowth(
            documents,
            me,
            members,
            board,
            links::wake,
            System::nanoTime,
            new Cuts(properties.db().forgetAfter()));
    SyncRound rounds =
        new SyncRound(documents, members, board, exchange, growth, new SecureRandom());
    return new ClusterLife(
        self,
        cluster,
        links,
        heartbeat,
        rounds,
        documents,
        board,
        admission,
        properties.drainTimeout());
  }

  @Bean
  NodeHealth nodeHealthIndicator(LocalNode self, DocumentStore documents) {
    return new NodeHealth(self, documents);
  }
}
