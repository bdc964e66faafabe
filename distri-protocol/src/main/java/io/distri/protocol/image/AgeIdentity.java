package io.distri.protocol.image;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * An age X25519 key pair: the secret key, {@code AGE-SECRET-KEY-1…}, that opens what was sealed for
 * its {@link #recipient()}. Immutable and safe for concurrent use. Neither {@link #toString()} nor
 * an exception ever shows the secret; {@link #fileContent} does.
 */
public final class AgeIdentity {

  private static final String PREFIX = "AGE-SECRET-KEY-";

  private final String secret;
  private final AgeRecipient recipient;
  private final RecipientStanzaReader stanzaReader;

  private AgeIdentity(String text, byte[] secret) {
    byte[] publicKey = new byte[X25519.POINT_SIZE];
    X25519.generatePublicKey(secret, 0, publicKey, 0);
    this.secret = text;
    this.recipient = AgeRecipient.of(publicKey);
    this.stanzaReader = new X25519StanzaReader(secret, publicKey);
  }

  /** Makes a new key pair from the system's secure randomness. */
  public static AgeIdentity generate() {
    byte[] secret = new byte[X25519.SCALAR_SIZE];
    X25519.generatePrivateKey(new SecureRandom(), secret);
    return new AgeIdentity(KeyText.encode(PREFIX, secret), secret);
  }

  /**
   * Reads the one identity of an age identity file; empty lines and {@code #} comments are allowed.
   *
   * @throws IllegalArgumentException where there is none or more than one, or it is malformed, with
   *     a message for people that doesn't repeat the text
   */
  public static AgeIdentity parse(String fileContent) {
    List<AgeIdentity> identities = parseAll(fileContent);
    if (identities.size() != 1) {
      throw new IllegalArgumentException(
          "one identity is wanted here, and the text holds " + identities.size());
    }
    return identities.get(0);
  }

  /**
   * Reads every identity of an age identity file, in its order.
   *
   * @throws IllegalArgumentException where there is none or one is malformed, with a message for
   *     people that doesn't repeat the text
   */
  public static List<AgeIdentity> parseAll(String fileContent) {
    List<AgeIdentity> identities =
        fileContent
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(AgeIdentity::parseLine)
            .toList();
    if (identities.isEmpty()) {
      throw new IllegalArgumentException(
          "no age identity here: a line that starts with AGE-SECRET-KEY-1 is missing");
    }
    return identities;
  }

  /** Whom to seal for so that this identity opens it. */
  public AgeRecipient recipient() {
    return recipient;
  }

  /**
   * The identity as {@code age-keygen} writes it: two comments and the secret key. Who stores it
   * keeps it from other users of the machine.
   *
   * @param created goes into the first comment
   */
  public String fileContent(Instant created) {
    return "# created: "
        + created.truncatedTo(ChronoUnit.SECONDS)
        + "\n# public key: "
        + recipient
        + "\n"
        + secret
        + "\n";
  }

  RecipientStanzaReader stanzaReader() {
    return stanzaReader;
  }

  // Without a cause: the library's messages may quote what they could not read.
  private static AgeIdentity parseLine(String line) {
    try {
      return new AgeIdentity(line, KeyText.decode(PREFIX, line));
    } catch (GeneralSecurityException malformed) {
      throw new IllegalArgumentException(
          "a line of the identity file is neither a comment nor an age identity"
              + " (AGE-SECRET-KEY-1…), or a character of it is wrong");
    }
  }

  /** The recipient; never the secret. */
  @Override
  public String toString() {
    return "identity of " + recipient;
  }
}
