package io.distri.protocol.identity;

import io.distri.protocol.DurableFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.crypto.spec.PBEParameterSpec;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key pair (EC P-256) with its self-signed certificate, or one that an authority certified.
 * Immutable and safe for use by many threads.
 *
 * <p>The certificate carries no name and is valid as long as X.509 can say: trust lies in the
 * pinned key alone.
 */
public final class Identity {
  private static final String KEY_FILE = "key.pem";
  private static final String CERTIFICATE_FILE = "certificate.pem";
  private static final String LOCK_FILE = ".lock";

  /** RFC 8018 asks for eight at least. */
  private static final int SALT_BYTES = 8;

  /** RFC 5280, 4.1.2.5: the date for a certificate without a good end. */
  private static final Instant NO_END = Instant.parse("9999-12-31T23:59:59Z");

  private final PrivateKey key;
  private final List<X509Certificate> chain;
  private final String id;

  private Identity(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = List.copyOf(chain);
    this.id = KeyId.of(chain.get(0));
  }

  /**
   * One that was made elsewhere.
   *
   * @param chain the key's certificate first, then those of the authorities that vouch for it
   * @throws IndexOutOfBoundsException where there is no certificate
   */
  public static Identity of(PrivateKey key, List<X509Certificate> chain) {
    return new Identity(key, chain);
  }

  /**
   * A new key pair on the curve of all identities, EC P-256.
   *
   * @throws GeneralSecurityException never: every Java has it
   */
  public static KeyPair newKeyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /** Makes a new one. */
  public static Identity generate() {
    try {
      KeyPair pair = newKeyPair();
      X500Name name = new X500Name("CN=distri");
      var builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(127, new SecureRandom()).add(BigInteger.ONE),
              Date.from(Instant.parse("2026-01-01T00:00:00Z")),
              Date.from(NO_END),
              name,
              pair.getPublic());
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      return new Identity(
          pair.getPrivate(),
          List.of(new JcaX509CertificateConverter().getCertificate(builder.build(signer))));
    } catch (GeneralSecurityException | OperatorCreationException impossible) {
      throw new IllegalStateException("every Java has EC P-256", impossible);
    }
  }

  /**
   * Reads the identity that a directory holds, or makes one there at first use (files of mode
   * 0600).
   *
   * @throws UncheckedIOException where the directory can't be read or written
   * @throws IllegalArgumentException where its files are none of ours
   */
  public static Identity loadOrCreate(Path directory) {
    try {
      if (!Files.exists(directory.resolve(KEY_FILE))) {
        create(directory);
      }
      return load(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("no identity in " + directory, e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException("the identity in " + directory + " can't be read", e);
    }
  }

  /** The two files belong together: of processes and threads that start together one makes both. */
  private static synchronized void create(Path directory)
      throws IOException, GeneralSecurityException {
    DurableFile.createDirectories(directory);
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (held.isValid() && !Files.exists(directory.resolve(KEY_FILE))) {
        Identity made = generate();
        DurableFile.replace(
            directory.resolve(CERTIFICATE_FILE),
            Pem.encode("CERTIFICATE", made.certificate().getEncoded()));
        DurableFile.create(
            directory.resolve(KEY_FILE), Pem.encode("PRIVATE KEY", made.key.getEncoded()));
      }
    }
  }

  private static Identity load(Path directory) throws IOException, GeneralSecurityException {
    byte[] certificate = Pem.decode(Files.readString(directory.resolve(CERTIFICATE_FILE)));
    byte[] key = Pem.decode(Files.readString(directory.resolve(KEY_FILE)));
    return new Identity(
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)),
        List.of(
            (X509Certificate)
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate))));
  }

  /** SHA-256 of the public key, hexadecimal. */
  public String id() {
    return id;
  }

  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** Key managers that present this identity in TLS. */
  public KeyManager[] keyManagers() {
    try {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keyStore(), new char[0]);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("the key does not fit its own certificate", impossible);
    }
  }

  /** A key store in memory that holds the key and the certificate, under an empty password. */
  public KeyStore keyStore() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      X509Certificate[] shown = chain.toArray(X509Certificate[]::new);
      store.setEntry("distri", new KeyStore.PrivateKeyEntry(key, shown), inMemory());
      return store;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("every Java has PKCS12", impossible);
    }
  }

  /**
   * A store must have a password. This one never leaves the memory that holds the key as well, so
   * that the ten thousand rounds of hashing that protect files would protect nothing.
   */
  private static KeyStore.PasswordProtection inMemory() {
    return new KeyStore.PasswordProtection(
        new char[0], "PBEWithHmacSHA256AndAES_256", new PBEParameterSpec(new byte[SALT_BYTES], 1));
  }

  @Override
  public String toString() {
    return "Identity[" + id + "]";
  }
}
