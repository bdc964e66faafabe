package io.distri.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Walks through the text of an RFC 9651 dictionary (structured fields), strictly: each method takes
 * what the grammar has at this place, or throws. It builds no values but those that are asked for.
 * For one thread.
 */
final class DictionaryText {
  private static final int MOST_DIGITS = 15;
  private static final int MOST_DIGITS_BEFORE_POINT = 12;
  private static final int MOST_DECIMALS = 3;

  private final String text;
  private int at;

  DictionaryText(String text) {
    this.text = text;
  }

  int position() {
    return at;
  }

  /** Goes back to where it was, to read what it passed over. */
  void goBack(int position) {
    at = position;
  }

  boolean atEnd() {
    return at == text.length();
  }

  void spaces() {
    while (accept(' ')) {}
  }

  /** Optional white space, as it stands around commas. */
  void blanks() {
    while (accept(' ') || accept('\t')) {}
  }

  boolean accept(char c) {
    boolean found = peek() == c;
    at += found ? 1 : 0;
    return found;
  }

  void expect(char c) {
    require(accept(c));
  }

  String key() {
    int start = at;
    require(isLower(peek()) || peek() == '*');
    while (isLower(peek()) || isDigit(peek()) || isOneOf("_-.*")) {
      at++;
    }
    return text.substring(start, at);
  }

  String token() {
    int start = at;
    require(isAlpha(peek()) || peek() == '*');
    while (isAlpha(peek()) || isDigit(peek()) || isOneOf("!#$%&'*+-.^_`|~:/")) {
      at++;
    }
    return text.substring(start, at);
  }

  /** An integer or, where that is allowed, a decimal. */
  double number(boolean decimal) {
    int start = at;
    accept('-');
    int digits = digits();
    if (!accept('.')) {
      require(digits <= MOST_DIGITS);
    } else {
      require(decimal && digits <= MOST_DIGITS_BEFORE_POINT && digits() <= MOST_DECIMALS);
    }
    return Double.parseDouble(text.substring(start, at));
  }

  private int digits() {
    int start = at;
    while (isDigit(peek())) {
      at++;
    }
    require(at > start);
    return at - start;
  }

  /** Passes over an item or an inner list, with its parameters. */
  void value() {
    if (accept('(')) {
      for (spaces(); !accept(')'); spaces()) {
        item();
        require(peek() == ' ' || peek() == ')');
      }
      parameters();
    } else {
      item();
    }
  }

  private void item() {
    bareItem();
    parameters();
  }

  /** Passes over parameters, where there are any. */
  void parameters() {
    while (accept(';')) {
      spaces();
      key();
      if (accept('=')) {
        bareItem();
      }
    }
  }

  private void bareItem() {
    switch (peek()) {
      case '"' -> string();
      case ':' -> bytes();
      case '%' -> displayString();
      case '?' -> {
        at++;
        require(accept('0') || accept('1'));
      }
      case '@' -> {
        at++;
        number(false);
      }
      default -> {
        if (peek() == '-' || isDigit(peek())) {
          number(true);
        } else {
          token();
        }
      }
    }
  }

  private void string() {
    expect('"');
    while (!accept('"')) {
      if (accept('\\')) {
        require(isOneOf("\"\\"));
      }
      visible();
    }
  }

  private void bytes() {
    expect(':');
    int start = at;
    while (isAlpha(peek()) || isDigit(peek()) || isOneOf("+/=")) {
      at++;
    }
    String encoded = text.substring(start, at);
    expect(':');
    Base64.getDecoder().decode(encoded);
  }

  /** UTF-8, of which all but plain ASCII stands as two lower-case hexadecimal digits. */
  private void displayString() {
    at++;
    expect('"');
    ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
    while (!accept('"')) {
      if (accept('%')) {
        utf8.write(16 * hexDigit() + hexDigit());
      } else {
        utf8.write(visible());
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8.toByteArray()));
    } catch (CharacterCodingException malformed) {
      require(false);
    }
  }

  private int hexDigit() {
    require(isDigit(peek()) || (peek() >= 'a' && peek() <= 'f'));
    return Character.digit(text.charAt(at++), 16);
  }

  private char visible() {
    require(peek() >= ' ' && peek() <= '~');
    return text.charAt(at++);
  }

  /** The next character; one that is nowhere allowed at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean isOneOf(String characters) {
    return at < text.length() && characters.indexOf(text.charAt(at)) >= 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isAlpha(char c) {
    return isLower(c) || (c >= 'A' && c <= 'Z');
  }

  /**
   * Insists on something.
   *
   * @throws IllegalArgumentException where it isn't so
   */
  void require(boolean valid) {
    if (!valid) {
      throw new IllegalArgumentException("not a load report at character " + at);
    }
  }
}
