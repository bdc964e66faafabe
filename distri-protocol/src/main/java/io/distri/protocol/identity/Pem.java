package io.distri.protocol.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Keys and certificates as text (RFC 7468). */
public final class Pem {
  private static final int LINE = 64;

  private Pem() {}

  /**
   * A file with one.
   *
   * @param label what it is, such as {@code CERTIFICATE}
   */
  public static byte[] encode(String label, byte[] der) {
    String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
    return ("-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The one of a file that holds one.
   *
   * @throws IllegalArgumentException where there is none
   */
  static byte[] decode(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }
}
