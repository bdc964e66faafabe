package io.distri.node.security;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token as its holder has it, good for one newcomer. Its text holds a secret.
 *
 * @param issuer key id of the node that made it and alone redeems it
 * @param id by which the issuer knows it; no secret
 * @param secret what is proven
 */
public record JoinToken(String issuer, String id, JoinSecret secret) {
  private static final Pattern TEXT =
      Pattern.compile("distri-join-([0-9a-f]{64})-([0-9a-f]{16})-([A-Za-z0-9_-]{43})");

  /**
   * Reads a token.
   *
   * @throws IllegalArgumentException where it is none; the message does not repeat it
   */
  public static JoinToken parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "distri.node.join.token is no token: make one with ./distri token create");
    }
    byte[] secret = Base64.getUrlDecoder().decode(matcher.group(3));
    return new JoinToken(matcher.group(1), matcher.group(2), new JoinSecret(secret));
  }

  static String format(String issuer, String id, byte[] secret) {
    return "distri-join-%s-%s-%s"
        .formatted(issuer, id, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "token " + id + " of " + issuer;
  }
}
