package io.distri.node.security;

import java.util.Set;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLUtil;
import org.apache.tomcat.util.net.jsse.JSSEImplementation;
import org.apache.tomcat.util.net.jsse.JSSEUtil;

/**
 * The TLS of the internal port: Java's, as Tomcat uses it. Tomcat asks Java what it implements by a
 * context of its own, for which all authorities that Java knows are read, a twenty-fifth of the
 * thread that starts a node; here it is told what RFC 8446 has every Java implement.
 */
public final class InternalTls extends JSSEImplementation {
  static final String PROTOCOL = "TLSv1.3";

  private static final Set<String> CIPHERS =
      Set.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256");

  @Override
  public SSLUtil getSSLUtil(SSLHostConfigCertificate certificate) {
    return new Known(certificate);
  }

  private static final class Known extends JSSEUtil {
    Known(SSLHostConfigCertificate certificate) {
      super(certificate);
    }

    @Override
    protected Set<String> getImplementedProtocols() {
      return Set.of(PROTOCOL);
    }

    @Override
    protected Set<String> getImplementedCiphers() {
      return CIPHERS;
    }
  }
}
