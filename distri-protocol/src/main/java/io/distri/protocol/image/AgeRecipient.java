package io.distri.protocol.image;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import java.security.GeneralSecurityException;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * Somebody to seal for: an age X25519 public key, written {@code age1…}. Immutable, safe for
 * concurrent use, and cheaper to keep than to parse again.
 */
public final class AgeRecipient {

  static final String PREFIX = "age1";

  private static final String KIND = "age";

  /** A well-formed one has 62 characters; what is echoed of a broken one ends soon after. */
  private static final int MAX_ECHO = 70;

  private final String text;
  private final RecipientStanzaWriter stanzaWriter;

  private AgeRecipient(String text, byte[] publicKey) {
    this.text = text;
    this.stanzaWriter = new X25519StanzaWriter(publicKey);
  }

  /** The recipient of a public key that was computed from a secret one. */
  static AgeRecipient of(byte[] publicKey) {
    return new AgeRecipient(KeyText.encode(KIND, publicKey), publicKey);
  }

  /**
   * Reads {@code age1…}.
   *
   * @throws IllegalArgumentException where it isn't a recipient, with a message for people
   */
  public static AgeRecipient parse(String text) {
    String trimmed = text.strip();
    if (!trimmed.startsWith(PREFIX)) {
      // Not echoed: the likeliest mistake is to give the secret key.
      throw new IllegalArgumentException(
          "a recipient is an age public key and starts with age1; this text does not");
    }
    byte[] publicKey;
    try {
      publicKey = KeyText.decode(KIND, trimmed);
    } catch (GeneralSecurityException malformed) {
      throw new IllegalArgumentException(
          "'" + echo(trimmed) + "' is not an age recipient: a character is wrong or missing",
          malformed);
    }
    if (isAnyonesKey(publicKey)) {
      throw new IllegalArgumentException(
          "'"
              + echo(trimmed)
              + "' is not an age recipient: everyone could open what is sealed for it");
    }
    return new AgeRecipient(trimmed, publicKey);
  }

  /** Whether it is a point of low order, with which every secret key agrees on the same secret. */
  private static boolean isAnyonesKey(byte[] publicKey) {
    byte[] any = new byte[X25519.SCALAR_SIZE];
    return !X25519.calculateAgreement(any, 0, publicKey, 0, new byte[X25519.POINT_SIZE], 0);
  }

  RecipientStanzaWriter stanzaWriter() {
    return stanzaWriter;
  }

  private static String echo(String text) {
    String printable = text.replaceAll("[^ -~]", "?");
    return printable.length() <= MAX_ECHO ? printable : printable.substring(0, MAX_ECHO) + "…";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AgeRecipient that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The {@code age1…} form. */
  @Override
  public String toString() {
    return text;
  }
}
