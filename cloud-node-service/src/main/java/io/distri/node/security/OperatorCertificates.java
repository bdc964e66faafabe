package io.distri.node.security;

import io.distri.node.start.NodeStartException;
import io.distri.protocol.identity.Identity;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Certificates of an authority that the operator runs, cert-manager's or SPIFFE's say, in place of
 * a self-signed one: on the internal port a certificate has to come from one of the authorities
 * before anything is asked about its key. Immutable and safe for use by many threads.
 */
public final class OperatorCertificates {
  private final Identity identity;
  private final KeyStore authorities;
  private final X509ExtendedTrustManager trust;

  private OperatorCertificates(
      Identity identity, KeyStore authorities, X509ExtendedTrustManager trust) {
    this.identity = identity;
    this.authorities = authorities;
    this.trust = trust;
  }

  /**
   * Reads a bundle.
   *
   * @throws NodeStartException where there is no such bundle, or it lacks the key or the
   *     authorities
   */
  static OperatorCertificates of(SslBundles bundles, String name) {
    try {
      SslBundle bundle = bundles.getBundle(name);
      KeyStore authorities = bundle.getStores().getTrustStore();
      if (authorities == null || authorities.size() == 0) {
        throw unusable(name, "it names no authority", null);
      }
      return new OperatorCertificates(identity(bundle, name), authorities, trust(bundle, name));
    } catch (NoSuchSslBundleException | GeneralSecurityException e) {
      throw unusable(name, String.valueOf(e.getMessage()), e);
    }
  }

  private static Identity identity(SslBundle bundle, String name) throws GeneralSecurityException {
    KeyStore keys = bundle.getStores().getKeyStore();
    String alias = keys == null ? null : alias(keys, bundle.getKey().getAlias());
    if (keys == null || alias == null) {
      throw unusable(name, "it holds no key", null);
    }
    String password = bundle.getKey().getPassword();
    String opens = password == null ? bundle.getStores().getKeyStorePassword() : password;
    Key key = keys.getKey(alias, opens == null ? new char[0] : opens.toCharArray());
    List<X509Certificate> chain =
        Arrays.stream(keys.getCertificateChain(alias)).map(OperatorCertificates::x509).toList();
    return Identity.of((PrivateKey) key, chain);
  }

  private static @Nullable String alias(KeyStore keys, @Nullable String named)
      throws GeneralSecurityException {
    if (named != null) {
      return named;
    }
    for (String alias : Collections.list(keys.aliases())) {
      if (keys.isKeyEntry(alias)) {
        return alias;
      }
    }
    return null;
  }

  private static X509Certificate x509(Certificate certificate) {
    return (X509Certificate) certificate;
  }

  private static X509ExtendedTrustManager trust(SslBundle bundle, String name) {
    return Arrays.stream(bundle.getManagers().getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> unusable(name, "it names no authority", null));
  }

  private static NodeStartException unusable(
      String name, String reason, @Nullable Exception cause) {
    return new NodeStartException(
        "distri.node.identity.ssl-bundle: the bundle '" + name + "' can't be used: " + reason + ".",
        "Define it with a key, its certificate and the authorities, spring.ssl.bundle.pem."
            + name
            + ".keystore.certificate, .keystore.private-key and .truststore.certificate.",
        cause);
  }

  /** What this node presents. */
  public Identity identity() {
    return identity;
  }

  /** Whose certificates callers have to show. */
  KeyStore authorities() {
    return authorities;
  }

  /** Whose certificates other nodes have to show. */
  public X509ExtendedTrustManager trust() {
    return trust;
  }
}
