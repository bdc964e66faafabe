package io.distri.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLUtil;
import org.junit.jupiter.api.Test;

/** What Tomcat is told is what Java has. */
class InternalTlsTest {

  @Test
  void the_internal_port_offers_all_of_tls_1_3_that_java_has_and_nothing_else() throws Exception {
    SSLParameters java = SSLContext.getDefault().getSupportedSSLParameters();
    SSLHostConfig host = new SSLHostConfig();
    host.setProtocols(InternalTls.PROTOCOL);
    SSLUtil told =
        new InternalTls()
            .getSSLUtil(
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED));
    assertThat(java.getProtocols()).contains(told.getEnabledProtocols());
    assertThat(told.getEnabledProtocols()).containsExactly("TLSv1.3");
    assertThat(told.getEnabledCiphers())
        .containsExactlyInAnyOrder(
            Arrays.stream(java.getCipherSuites())
                .filter(suite -> !suite.contains("_WITH_") && !suite.endsWith("_SCSV"))
                .toArray(String[]::new));
  }
}
