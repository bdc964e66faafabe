package io.distri.protocol;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a load report from its header. Of RFC 9651's dictionaries it reads those whose values are
 * numbers, tokens, or inner lists of them, without parameters; that is what reports are made of.
 * Clients read one with every response, so it does not build the values that it passes over.
 */
final class LoadReportReader {

  /** Of an RFC 9651 integer. */
  private static final int MOST_DIGITS = 15;

  private final String text;
  private int at;

  LoadReportReader(String text) {
    this.text = text;
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException where it is no report
   */
  LoadReport read() {
    @Nullable Long seq = null;
    @Nullable NodeState state = null;
    @Nullable Long inFlight = null;
    Map<WorkClass, LoadReport.Work> work = new EnumMap<>(WorkClass.class);
    do {
      skip(' ');
      String key = word();
      expect('=');
      switch (key) {
        case "seq" -> seq = integer();
        case "state" -> state = NodeState.ofKey(word());
        case "rif" -> inFlight = integer();
        default -> member(key, work);
      }
      skip(' ');
    } while (accept(','));
    if (at < text.length() || seq == null || state == null || inFlight == null) {
      throw malformed();
    }
    return new LoadReport(seq, state, Math.toIntExact(inFlight), work);
  }

  private void member(String key, Map<WorkClass, LoadReport.Work> work) {
    for (WorkClass workClass : WorkClass.values()) {
      if (workClass.key().equals(key)) {
        work.put(workClass, work());
        return;
      }
    }
    if (accept('(')) {
      while (!accept(')')) {
        word();
        skip(' ');
      }
    } else {
      word();
    }
  }

  private LoadReport.Work work() {
    expect('(');
    double backlogMs = decimal();
    expect(' ');
    int permits = Math.toIntExact(integer());
    expect(' ');
    int queueBound = Math.toIntExact(integer());
    expect(' ');
    double serviceMs = decimal();
    expect(')');
    return new LoadReport.Work(backlogMs, permits, queueBound, serviceMs);
  }

  private double decimal() {
    long whole = integer();
    if (!accept('.')) {
      return whole;
    }
    int point = at;
    long fraction = integer();
    return whole + fraction / Math.pow(10, at - point);
  }

  /** No number of a report is negative. */
  private long integer() {
    int start = at;
    long value = 0;
    while (at < text.length() && isDigit(text.charAt(at))) {
      value = value * 10 + (text.charAt(at++) - '0');
      if (at - start > MOST_DIGITS) {
        throw malformed();
      }
    }
    if (at == start) {
      throw malformed();
    }
    return value;
  }

  /** A key, a token or a number. */
  private String word() {
    int start = at;
    while (at < text.length() && isOfWord(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw malformed();
    }
    return text.substring(start, at);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isOfWord(char c) {
    return isDigit(c)
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || "-_.*:/".indexOf(c) >= 0;
  }

  private void skip(char c) {
    while (accept(c)) {}
  }

  private boolean accept(char c) {
    boolean found = at < text.length() && text.charAt(at) == c;
    at += found ? 1 : 0;
    return found;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw malformed();
    }
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException("not a load report at character " + at);
  }
}
