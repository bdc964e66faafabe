package io.distri.node.security;

import io.distri.node.local.LocalNode;
import io.distri.node.settings.NodeProperties;
import io.distri.node.start.NodeStartException;
import io.distri.protocol.identity.Identity;
import io.distri.protocol.identity.KeyTrust;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.Ordered;

/**
 * Binds the node's two ports: the public one, and the internal one with TLS 1.3 and client
 * certificates. The handshake proves that a caller holds its key; {@link InternalPortFilter}
 * decides what the key is good for.
 */
final class InternalConnector
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

  /** A member that stops in the middle of a request; for strangers {@link Doorman} is stricter. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /** Connections between nodes are kept: heartbeats come every second. */
  private static final Duration KEPT = Duration.ofSeconds(60);

  /** Far more than any cluster of full copies has members. */
  private static final int CONNECTIONS = 512;

  /** A body that is refused by its headers is not asked for ({@code Expect: 100-continue}). */
  private static final String CONTINUE = "continueResponseTiming";

  private static final String ON_READ = "onRead";

  /** Bytes of a refused body that are read, so that its sender can read the refusal. */
  private static final int SWALLOWED = 256 * 1024;

  private final LocalNode self;
  private final Identity identity;
  private final @Nullable OperatorCertificates certificates;
  private final ServerProperties server;
  private final NodeProperties.Access access;
  private final InternalProtocol protocol;

  /**
   * @param certificates whose authorities callers' certificates must come from; null: any key may
   *     knock
   */
  InternalConnector(
      LocalNode self,
      Identity identity,
      @Nullable OperatorCertificates certificates,
      ServerProperties server,
      NodeProperties.Access access,
      InternalProtocol protocol) {
    this.self = self;
    this.identity = identity;
    this.certificates = certificates;
    this.server = server;
    this.access = access;
    this.protocol = protocol;
  }

  /** After Spring Boot's own, whose {@code server.port} the node's address stands in for. */
  @Override
  public int getOrder() {
    return 10;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    requirePeersAsTheyAre(factory);
    InetAddress bind = bind(null);
    factory.setAddress(bind);
    factory.setPort(self.address().port());
    factory.addConnectorCustomizers(connector -> connector.setProperty(CONTINUE, ON_READ));
    factory.addAdditionalConnectors(internal(bind));
  }

  /**
   * The address that a port binds.
   *
   * @param set for this port alone; null: that of the public port
   */
  InetAddress bind(@Nullable InetAddress set) {
    InetAddress bind = set;
    if (bind == null) {
      bind = server.getAddress() != null ? server.getAddress() : ownHost();
    }
    if (!bind.isLoopbackAddress() && access.tokens().isEmpty() && !access.open()) {
      throw new NodeStartException(
          "The node would serve everybody who reaches " + bind.getHostAddress() + ".",
          "Set distri.node.access.tokens, or distri.node.access.open=true if that is meant.");
    }
    return bind;
  }

  /** Who may call depends on the socket's peer, for which no header may stand in. */
  private void requirePeersAsTheyAre(TomcatServletWebServerFactory factory) {
    if (server.getForwardHeadersStrategy() == ServerProperties.ForwardHeadersStrategy.FRAMEWORK
        || factory.getEngineValves().stream().anyMatch(RemoteIpValve.class::isInstance)) {
      throw new NodeStartException(
          "A header, such as X-Forwarded-For, would say where a caller is.",
          "Leave server.forward-headers-strategy=none and server.tomcat.remoteip.* unset.");
    }
  }

  private InetAddress ownHost() {
    try {
      return InetAddress.getByName(self.address().host());
    } catch (UnknownHostException e) {
      throw new NodeStartException(
          "distri.node.address: the host '" + self.address().host() + "' is unknown.",
          "Name an address of this machine, such as 127.0.0.1:3000.",
          e);
    }
  }

  private Connector internal(InetAddress bind) {
    Connector connector = new Connector(protocol);
    connector.setPort(self.internalAddress().port());
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setProperty("address", bind.getHostAddress());
    connector.setProperty("SSLEnabled", "true");
    connector.setXpoweredBy(false);
    protocol.setExecutor(new VirtualThreadExecutor("internal-"));
    protocol.setConnectionTimeout((int) SILENCE.toMillis());
    protocol.setKeepAliveTimeout((int) KEPT.toMillis());
    protocol.setMaxConnections(CONNECTIONS);
    // Where a crowd fills the port, members wait the moment until it is shown out.
    protocol.setAcceptCount(CONNECTIONS);
    protocol.setMaxKeepAliveRequests(-1);
    protocol.setMaxSwallowSize(SWALLOWED);
    protocol.setContinueResponseTiming(ON_READ);
    connector.addSslHostConfig(tls());
    return connector;
  }

  private SSLHostConfig tls() {
    SSLHostConfig tls = new SSLHostConfig();
    tls.setProtocols("TLSv1.3");
    tls.setCertificateVerification("optional");
    if (certificates == null) {
      tls.setTrustManagerClassName(KeyTrust.class.getName());
    } else {
      tls.setTrustStore(certificates.authorities());
    }
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateKeystore(identity.keyStore());
    // The kind of store, in memory, that Tomcat copies the key to: PKCS12 would hash the empty
    // password twenty thousand times, a tenth of what a start takes one thread.
    certificate.setCertificateKeystoreType("JKS");
    certificate.setCertificateKeystorePassword("");
    tls.addCertificate(certificate);
    return tls;
  }
}
