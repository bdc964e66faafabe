package io.distri.node.security;

import io.distri.node.local.LocalNode;
import io.distri.node.problem.ProblemWriter;
import io.distri.node.settings.NodeProperties;
import io.distri.node.start.NodeStartException;
import io.distri.protocol.OwnNames;
import io.distri.protocol.identity.Identity;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Wires who may call. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

  @Bean
  ClusterSecret clusterSecret(NodeProperties properties) {
    NodeProperties.Cluster cluster = properties.cluster();
    return ClusterSecret.of(cluster.secretFile(), cluster.secretAddresses());
  }

  /**
   * None without a bundle: asked for here, not by a condition, which would be settled ahead of the
   * start.
   */
  @Bean
  @Nullable OperatorCertificates operatorCertificates(
      NodeProperties properties, SslBundles bundles) {
    String bundle = properties.identity().sslBundle();
    return bundle == null ? null : OperatorCertificates.of(bundles, bundle);
  }

  @Bean
  Whitelist whitelist(NodeProperties properties) {
    NodeProperties.WhitelistProperties listed = properties.whitelist();
    return new Whitelist(
        listed.ids(),
        listed.operators(),
        reading(() -> new TrustBook(kept(properties, "trust.json"))),
        Clock.systemUTC());
  }

  @Bean
  ClusterId clusterId(ClusterSecret secret, Identity identity, NodeProperties properties) {
    return reading(() ->
        ClusterId.of(
            secret,
            kept(properties, "cluster-id"),
            identity.id(),
            properties.whitelist().ids(),
            properties.join().token() != null));
  }

  @Bean
  JoinTokens joinTokens(Identity identity, NodeProperties properties) {
    return reading(() ->
        new JoinTokens(identity.id(), kept(properties, "join-tokens.json"), Clock.systemUTC()));
  }

  private static <T> T reading(Supplier<T> kept) {
    return NodeStartException.reading("distri.node.identity.dir", kept);
  }

  /** Where this node keeps something beside its key; null where it keeps nothing. */
  private static @Nullable Path kept(NodeProperties properties, String name) {
    Path directory = properties.identity().dir();
    return directory == null ? null : directory.resolve(name);
  }

  @Bean
  InternalWire internalWire() {
    return new InternalWire();
  }

  @Bean
  InternalProtocol internalProtocol() {
    return new InternalProtocol();
  }

  @Bean
  InternalConnector internalConnector(
      LocalNode self,
      Identity identity,
      ObjectProvider<OperatorCertificates> certificates,
      ServerProperties server,
      Environment environment,
      NodeProperties properties,
      InternalProtocol protocol) {
    FixedPaths.require(environment);
    return new InternalConnector(
        self, identity, certificates.getIfAvailable(), server, properties.access(), protocol);
  }

  @Bean
  Refusals internalRefusals(MeterRegistry meters) {
    return new Refusals(Refusals.INTERNAL, meters);
  }

  @Bean
  Refusals accessRefusals(MeterRegistry meters) {
    return new Refusals(Refusals.ACCESS, meters);
  }

  @Bean(initMethod = "start")
  Doorman doorman(InternalProtocol protocol, @Qualifier("internalRefusals") Refusals refusals) {
    return new Doorman(protocol::connections, refusals);
  }

  @Bean
  FilterRegistrationBean<InternalPortFilter> internalPortFilter(
      LocalNode self,
      Whitelist whitelist,
      ProblemWriter problems,
      @Qualifier("internalRefusals") Refusals refusals,
      Doorman doorman,
      NodeProperties properties) {
    var registration =
        new FilterRegistrationBean<>(
            new InternalPortFilter(
                self.internalAddress().port(),
                whitelist,
                properties.whitelist().addresses().stream().map(AddressRange::parse).toList(),
                problems,
                refusals,
                doorman));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
    return registration;
  }

  @Bean
  FilterRegistrationBean<AccessFilter> accessFilter(
      LocalNode self,
      ProblemWriter problems,
      @Qualifier("accessRefusals") Refusals refusals,
      NodeProperties properties) {
    NodeProperties.Access access = properties.access();
    List<String> names = new ArrayList<>(access.hosts());
    names.add(self.address().host());
    names.add(self.publicAddress().host());
    var registration =
        new FilterRegistrationBean<>(
            new AccessFilter(
                new OwnNames(names),
                access.tokens(),
                self.internalAddress().port(),
                problems,
                refusals));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 30);
    return registration;
  }
}
