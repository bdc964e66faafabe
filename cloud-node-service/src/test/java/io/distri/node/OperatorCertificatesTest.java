package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.node.security.InternalClient;
import io.distri.node.start.NodeStartException;
import io.distri.protocol.HostPort;
import io.distri.protocol.identity.Identity;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes whose certificates come from an authority that the operator runs. */
class OperatorCertificatesTest {
  @TempDir Path directory;

  /** A key, and the certificate that somebody gave it. */
  private record Certified(KeyPair pair, X509Certificate certificate) {
    Identity identity() {
      return Identity.of(pair.getPrivate(), List.of(certificate));
    }
  }

  @Test
  void nodes_with_certificates_of_one_authority_find_each_other_and_no_other_gets_in()
      throws Exception {
    Certified authority = authority("first");
    Certified one = certified("one", authority);
    Certified two = certified("two", authority);
    HostPort first = TestNode.freeAddress();
    HostPort second = TestNode.freeAddress();
    String nodes = "distri.node.nodes=" + first + "," + second;
    String ids = "distri.node.whitelist.ids=" + one.identity().id() + "," + two.identity().id();
    try (TestNode a = TestNode.at(first, with(nodes, ids, bundle("one", one, authority)));
        TestNode b = TestNode.at(second, with(nodes, ids, bundle("two", two, authority)))) {
      a.awaitMembers(2);
      b.awaitMembers(2);
      assertThat(status(first, two.identity())).as("a listed key").isEqualTo(400);
      assertThat(status(first, certified("three", authority).identity()))
          .as("one that is not listed")
          .isEqualTo(403);
      // Java presents no certificate to a server that names other authorities.
      assertThat(status(first, certified("two", authority("other")).identity()))
          .as("another authority's")
          .isEqualTo(401);
      assertThat(status(first, Identity.of(two.pair.getPrivate(), selfSigned(two))))
          .as("a listed key that no authority certified")
          .isEqualTo(401);
    }
  }

  @Test
  void a_bundle_that_is_not_there_stops_the_start() {
    assertThatThrownBy(() -> TestNode.alone("distri.node.identity.ssl-bundle=none"))
        .rootCause()
        .hasMessageContaining("none");
    assertThatThrownBy(() -> TestNode.alone("distri.node.identity.ssl-bundle=none"))
        .hasStackTraceContaining(NodeStartException.class.getSimpleName());
  }

  private static int status(HostPort node, Identity caller) throws Exception {
    try (InternalClient client = TestNode.internalClient(caller)) {
      return client
          .post(node.internal(), "/internal/update-info", new byte[0], Duration.ofMinutes(5))
          .status();
    }
  }

  private static String[] with(String nodes, String ids, List<String> bundle) {
    return Stream.concat(Stream.of(nodes, ids), bundle.stream()).toArray(String[]::new);
  }

  private List<String> bundle(String name, Certified node, Certified authority) throws Exception {
    String pem = "spring.ssl.bundle.pem.own.";
    return List.of(
        "distri.node.identity.ssl-bundle=own",
        pem + "keystore.certificate=" + file(name + ".crt", "CERTIFICATE", node.certificate),
        pem
            + "keystore.private-key="
            + write(name + ".key", "PRIVATE KEY", node.pair.getPrivate().getEncoded()),
        pem + "truststore.certificate=" + file("ca.crt", "CERTIFICATE", authority.certificate));
  }

  private Path file(String name, String label, X509Certificate certificate) throws Exception {
    return write(name, label, certificate.getEncoded());
  }

  private Path write(String name, String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        directory.resolve(name),
        "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
  }

  private static Certified authority(String name) throws Exception {
    KeyPair pair = pair();
    return new Certified(pair, certificate(name, pair, name, pair, true));
  }

  private static Certified certified(String name, Certified authority) throws Exception {
    KeyPair pair = pair();
    String issuer = authority.certificate.getSubjectX500Principal().getName();
    return new Certified(
        pair, certificate(name, pair, issuer.substring("CN=".length()), authority.pair, false));
  }

  private static List<X509Certificate> selfSigned(Certified node) throws Exception {
    return List.of(certificate("two", node.pair, "two", node.pair, false));
  }

  private static X509Certificate certificate(
      String name, KeyPair pair, String issuer, KeyPair signer, boolean isAuthority)
      throws Exception {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("CN=" + issuer),
            BigInteger.valueOf(System.nanoTime()),
            Date.from(now.minusSeconds(60)),
            Date.from(now.plusSeconds(3600)),
            new X500Name("CN=" + name),
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
  }

  private static KeyPair pair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }
}
