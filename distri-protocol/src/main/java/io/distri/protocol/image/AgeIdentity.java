package io.distri.protocol.image;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.crypto.KeyAgreement;

/**
 * An age X25519 key pair: the secret key, {@code AGE-SECRET-KEY-1…}, that opens what was sealed for
 * its {@link #recipient()}. Immutable and safe for concurrent use. Neither {@link #toString()} nor
 * an exception ever shows the secret; {@link #fileContent} does.
 */
public final class AgeIdentity {

  private static final String X25519 = "X25519";

  /** The curve's base point, by which a secret key is multiplied to get its public key. */
  private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

  private final String secret;
  private final AgeRecipient recipient;
  private final RecipientStanzaReader stanzaReader;

  private AgeIdentity(String secret) throws GeneralSecurityException {
    this.stanzaReader = X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(secret);
    this.secret = secret;
    this.recipient = recipientOf(Bech32.getDecoder().decode(secret).getData());
  }

  /** Makes a new key pair from the system's secure randomness. */
  public static AgeIdentity generate() {
    try {
      KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
      return new AgeIdentity(new String(pair.getPrivate().getEncoded(), StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java has no " + X25519, missing);
    }
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
      return new AgeIdentity(line);
    } catch (GeneralSecurityException | RuntimeException malformed) {
      throw new IllegalArgumentException(
          "a line of the identity file is neither a comment nor an age identity"
              + " (AGE-SECRET-KEY-1…), or a character of it is wrong");
    }
  }

  private static AgeRecipient recipientOf(byte[] scalar) throws GeneralSecurityException {
    KeyFactory keys = KeyFactory.getInstance(X25519);
    PrivateKey secretKey =
        keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar));
    PublicKey basePoint =
        keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE_POINT));
    KeyAgreement multiplication = KeyAgreement.getInstance(X25519);
    multiplication.init(secretKey);
    multiplication.doPhase(basePoint, true);
    return AgeRecipient.parse(
        Bech32.getEncoder().encode("age", multiplication.generateSecret()).toString());
  }

  /** The recipient; never the secret. */
  @Override
  public String toString() {
    return "identity of " + recipient;
  }
}
