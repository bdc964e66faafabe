package io.distri.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeCertificatesTest {
  @TempDir Path directory;

  @Test
  void each_node_gets_a_key_of_its_own_that_the_authority_vouches_for() throws Exception {
    Path tls = directory.resolve("tls");
    NodeCertificates.make(tls, List.of("node-1", "node-2"));
    X509Certificate authority = certificate(tls.resolve("ca.crt"));
    X509Certificate first = certificate(tls.resolve("node-1.crt"));
    X509Certificate second = certificate(tls.resolve("node-2.crt"));
    first.verify(authority.getPublicKey());
    second.verify(authority.getPublicKey());
    assertThat(first.getBasicConstraints()).as("no authority itself").isEqualTo(-1);
    assertThat(first.getPublicKey()).isNotEqualTo(second.getPublicKey());
    assertThat(tls.resolve("ca.key")).doesNotExist();
    assertThat(Files.readString(tls.resolve("node-1.key"))).startsWith("-----BEGIN PRIVATE KEY");
  }

  @Test
  void what_was_made_stays() throws Exception {
    Path tls = directory.resolve("tls");
    NodeCertificates.make(tls, List.of("node-1"));
    byte[] made = Files.readAllBytes(tls.resolve("node-1.crt"));
    NodeCertificates.make(tls, List.of("node-1"));
    assertThat(tls.resolve("node-1.crt")).hasBinaryContent(made);
  }

  private static X509Certificate certificate(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
