package io.distri.protocol.image;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.security.GeneralSecurityException;

/**
 * Somebody to seal for: an age X25519 public key, written {@code age1…}. Immutable, safe for
 * concurrent use, and cheaper to keep than to parse again.
 */
public final class AgeRecipient {

  static final String PREFIX = "age1";

  /** A well-formed one has 62 characters; what is echoed of a broken one ends soon after. */
  private static final int MAX_ECHO = 70;

  private final String text;
  private final RecipientStanzaWriter stanzaWriter;

  private AgeRecipient(String text, RecipientStanzaWriter stanzaWriter) {
    this.text = text;
    this.stanzaWriter = stanzaWriter;
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
    try {
      return new AgeRecipient(
          trimmed, X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(trimmed));
    } catch (GeneralSecurityException | RuntimeException malformed) {
      throw new IllegalArgumentException(
          "'" + echo(trimmed) + "' is not an age recipient: a character is wrong or missing",
          malformed);
    }
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
