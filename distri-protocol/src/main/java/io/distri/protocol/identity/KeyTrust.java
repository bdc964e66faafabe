package io.distri.protocol.identity;

import io.distri.protocol.HostPort;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trust in keys instead of authorities. A server takes every client's certificate at the handshake,
 * which proves that the client holds its key and no more; who may do what is decided from the
 * {@link KeyId} afterwards. A client takes a server's certificate where the pins agree. Safe for
 * use by many threads.
 */
public final class KeyTrust extends X509ExtendedTrustManager {

  /** Which key is expected where. */
  @FunctionalInterface
  public interface Pins {
    /** Whether the server at this address may hold this key. */
    boolean fits(HostPort server, String keyId);
  }

  private final Pins pins;
  private final @Nullable X509TrustManager authority;

  /** Takes every key. */
  public KeyTrust() {
    this((server, keyId) -> true);
  }

  /** Takes the servers' keys that the pins name. */
  public KeyTrust(Pins pins) {
    this(pins, null);
  }

  /**
   * Takes the servers' keys that the pins name.
   *
   * @param authority that their certificates have to come from, too; null: they need none
   */
  public KeyTrust(Pins pins, @Nullable X509TrustManager authority) {
    this.pins = pins;
    this.authority = authority;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    keyOf(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    keyOf(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    keyOf(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("a server's key is judged with its address only");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("a server's key is judged with its address only");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    String key = keyOf(chain);
    if (authority != null) {
      authority.checkServerTrusted(chain, type);
    }
    HostPort server = new HostPort(engine.getPeerHost(), engine.getPeerPort());
    if (!pins.fits(server, key)) {
      throw new CertificateException(server + " holds another key than the one known of it");
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private static String keyOf(X509Certificate[] chain) throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("no certificate");
    }
    return KeyId.of(chain[0]);
  }
}
