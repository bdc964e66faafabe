package io.distri.peer.vault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.distri.protocol.Sha256;
import java.security.PublicKey;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a peer that proves itself: a name for people, and 80 bits of the SHA-256 of its key,
 * {@code alice~mfrggzdfmztwq2lk}.
 */
public record PeerId(String text) implements Comparable<PeerId> {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final Pattern FORM = Pattern.compile(NAME.pattern() + "~[a-z2-7]{16}");
  private static final int KEY_CHARACTERS = 16;
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PeerId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not the id of a peer");
    }
  }

  /**
   * The id of whoever holds the key under this name.
   *
   * @throws IllegalArgumentException where it can't be a name, with a message for people
   */
  public static PeerId of(String name, PublicKey key) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'"
              + name.replaceAll("[^ -~]", "?")
              + "' can't be a peer's name: it must have 1 to 32 lower-case letters, digits and"
              + " hyphens, and not begin with a hyphen");
    }
    return new PeerId(name + "~" + fragment(key));
  }

  /** Whether this id names this key. */
  public boolean fits(PublicKey key) {
    return text.endsWith("~" + fragment(key));
  }

  /** The part for people. */
  public String name() {
    return text.substring(0, text.indexOf('~'));
  }

  /** Whether somebody who writes this may mean this peer. */
  public boolean isMeantBy(String written) {
    String wanted = written.strip().toLowerCase(Locale.ROOT);
    return text.equals(wanted) || name().equals(wanted);
  }

  /** RFC 4648 base32 in lower case, of the first ten bytes: sixteen characters, no padding. */
  private static String fragment(PublicKey key) {
    byte[] hash = Sha256.of(key.getEncoded());
    StringBuilder text = new StringBuilder(KEY_CHARACTERS);
    for (int i = 0; i < KEY_CHARACTERS; i++) {
      int bit = i * 5;
      int pair = ((hash[bit / 8] & 0xFF) << 8) | (hash[bit / 8 + 1] & 0xFF);
      text.append(ALPHABET.charAt((pair >> (11 - bit % 8)) & 31));
    }
    return text.toString();
  }

  @Override
  public int compareTo(PeerId other) {
    return text.compareTo(other.text);
  }

  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
