package io.distri.peer.inbound;

import io.distri.protocol.HostPort;
import io.distri.protocol.identity.Identity;
import io.distri.protocol.identity.KeyTrust;
import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/**
 * Binds the peer's two ports: the page's, and the one for other peers with TLS 1.3 and client
 * certificates. The handshake proves that a caller holds its key; {@link PeerPortFilter} and the
 * entries' signatures say what the key is good for.
 */
public final class PeerPort
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

  /** A caller that sends nothing for so long is not waited for. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  /** More peers than call one at a time. */
  private static final int CONNECTIONS = 256;

  private final HostPort address;
  private final HostPort web;
  private final Identity identity;

  public PeerPort(HostPort address, HostPort web, Identity identity) {
    this.address = address;
    this.web = web;
    this.identity = identity;
  }

  /** After Spring Boot's own, whose {@code server.port} the page's address stands in for. */
  @Override
  public int getOrder() {
    return 10;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.setAddress(web.resolve().getAddress());
    factory.setPort(web.port());
    factory.addAdditionalConnectors(connector());
  }

  private Connector connector() {
    Connector connector = new Connector(Http11NioProtocol.class.getName());
    connector.setPort(address.port());
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setProperty("address", address.resolve().getAddress().getHostAddress());
    connector.setProperty("SSLEnabled", "true");
    connector.setXpoweredBy(false);
    Http11NioProtocol protocol = (Http11NioProtocol) connector.getProtocolHandler();
    protocol.setExecutor(new VirtualThreadExecutor("peer-"));
    protocol.setConnectionTimeout((int) SILENCE.toMillis());
    protocol.setMaxConnections(CONNECTIONS);
    // A refused image is not read to its end.
    protocol.setMaxSwallowSize(1 << 20);
    connector.addSslHostConfig(tls());
    return connector;
  }

  private SSLHostConfig tls() {
    SSLHostConfig tls = new SSLHostConfig();
    tls.setProtocols("TLSv1.3");
    tls.setCertificateVerification("optional");
    tls.setTrustManagerClassName(KeyTrust.class.getName());
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.EC);
    certificate.setCertificateKeystore(identity.keyStore());
    certificate.setCertificateKeystorePassword("");
    tls.addCertificate(certificate);
    return tls;
  }
}
