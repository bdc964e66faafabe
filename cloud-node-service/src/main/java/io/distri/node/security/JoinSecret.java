package io.distri.node.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that two nodes prove to each other they hold, by HMAC-SHA256 over both keys and both
 * nonces: it never travels, and a proof is good for one connection between two nodes. Immutable.
 */
public final class JoinSecret {
  private final byte[] secret;

  JoinSecret(byte[] secret) {
    this.secret = secret.clone();
  }

  /** Which side of a join gives a proof. */
  public enum Side {
    NEWCOMER,
    MEMBER
  }

  /**
   * What a proof is bound to.
   *
   * @param newcomerKey id of the newcomer's key
   * @param memberKey id of the member's key
   */
  public record Meeting(
      String newcomerKey, String memberKey, byte[] newcomerNonce, byte[] memberNonce) {}

  /** Proves that this side holds the secret. */
  public byte[] prove(Side side, Meeting meeting) {
    HexFormat hex = HexFormat.of();
    return mac(
        String.join(
            "|",
            "distri join v1",
            side.name(),
            meeting.newcomerKey,
            meeting.memberKey,
            hex.formatHex(meeting.newcomerNonce),
            hex.formatHex(meeting.memberNonce)));
  }

  /** Whether the other side's proof is good. */
  public boolean proves(byte[] proof, Side side, Meeting meeting) {
    return MessageDigest.isEqual(proof, prove(side, meeting));
  }

  byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has HmacSHA256", impossible);
    }
  }
}
