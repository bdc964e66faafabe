package io.distri.cli.keys;

import io.distri.protocol.DurableFile;
import io.distri.protocol.identity.Identity;
import io.distri.protocol.identity.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Keys of nodes, and certificates for them by an authority that is made for it. The authority's own
 * key is forgotten at once, so that nobody can ever certify another node.
 */
final class NodeCertificates {
  /** A container cluster that outlives it is made anew, or has an authority of its operator's. */
  private static final int YEARS = 10;

  private static final int DAYS_A_YEAR = 365;

  private static final int SERIAL_BITS = 127;

  private final KeyPair authority;
  private final X500Name issuer = new X500Name("CN=distri authority");
  private final SecureRandom random = new SecureRandom();

  private NodeCertificates(KeyPair authority) {
    this.authority = authority;
  }

  /**
   * Makes a directory with {@code ca.crt}, and {@code NAME.key} and {@code NAME.crt} for each node,
   * as PEM files; where it is there already, it stays as it is.
   *
   * @throws IOException where it can't be written
   */
  static void make(Path directory, List<String> names) throws IOException {
    if (Files.exists(directory)) {
      return;
    }
    Path whole = Files.createTempDirectory(directory.toAbsolutePath().getParent(), "tls");
    try {
      NodeCertificates certificates = new NodeCertificates(Identity.newKeyPair());
      DurableFile.create(
          whole.resolve("ca.crt"),
          Pem.encode(
              "CERTIFICATE",
              certificates.certify("distri authority", certificates.authority, true)));
      for (String name : names) {
        KeyPair node = Identity.newKeyPair();
        DurableFile.create(
            whole.resolve(name + ".key"),
            Pem.encode("PRIVATE KEY", node.getPrivate().getEncoded()));
        DurableFile.create(
            whole.resolve(name + ".crt"),
            Pem.encode("CERTIFICATE", certificates.certify(name, node, false)));
      }
    } catch (GeneralSecurityException | OperatorCreationException impossible) {
      throw new IllegalStateException("every Java has EC P-256", impossible);
    }
    DurableFile.place(whole, directory);
  }

  private byte[] certify(String name, KeyPair key, boolean isAuthority)
      throws OperatorCreationException, CertIOException, IOException {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
            Date.from(now.minus(1, ChronoUnit.DAYS)),
            Date.from(now.plus(YEARS * DAYS_A_YEAR, ChronoUnit.DAYS)),
            new X500Name("CN=" + name),
            key.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
    X509CertificateHolder certificate =
        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate()));
    return certificate.getEncoded();
  }
}
