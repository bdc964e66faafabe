package io.distri.protocol.identity;

import io.distri.protocol.Sha256;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.util.HexFormat;

/** The name of a key: SHA-256 of its X.509 encoding, in lower-case hexadecimal. */
public final class KeyId {
  private KeyId() {}

  /** The id of a certificate's public key. */
  public static String of(Certificate certificate) {
    return of(certificate.getPublicKey());
  }

  /** The id of a public key. */
  public static String of(PublicKey key) {
    return HexFormat.of().formatHex(Sha256.of(key.getEncoded()));
  }
}
