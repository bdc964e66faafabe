package io.distri.protocol.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
