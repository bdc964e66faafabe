package io.distri.protocol.identity;

import io.distri.protocol.Sha256;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The name of a key: SHA-256 of its X.509 encoding, in lower-case hexadecimal. */
public final class KeyId {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  private KeyId() {}

  /** The id of a certificate's public key. */
  public static String of(Certificate certificate) {
    return of(certificate.getPublicKey());
  }

  /** The id of a public key. */
  public static String of(PublicKey key) {
    return HexFormat.of().formatHex(Sha256.of(key.getEncoded()));
  }

  /**
   * Checks what should be an id.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static String checked(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("An id has 64 hexadecimal digits.");
    }
    return id;
  }
}
