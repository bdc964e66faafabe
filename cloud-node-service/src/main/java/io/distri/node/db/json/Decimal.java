package io.distri.node.db.json;

import java.math.BigInteger;

/**
 * The value of a JSON number: its significant digits and where they stand. Reading, comparing and
 * spelling one take time linear in its digits, however large its exponent is. Immutable.
 *
 * @param sign -1, 0 or 1
 * @param magnitude the power of ten of the first digit, so that {@code 250} and {@code 2.5e2} have
 *     2; of a zero, where its last digit stands
 * @param digits from the first one that is not zero to the last one that is not; empty for zero
 */
record Decimal(int sign, long magnitude, String digits) implements Comparable<Decimal> {
  /** A longer exponent says no more than that the number is huge, or tiny. */
  private static final int EXPONENT_DIGITS = 15;

  private static final long HUGE_EXPONENT = 1_000_000_000_000_000L;

  /**
   * The value of a number.
   *
   * @param number as JSON or {@link java.math.BigDecimal} spell it
   */
  static Decimal parse(String number) {
    int mantissaEnd = Math.max(number.indexOf('e'), number.indexOf('E'));
    String mantissa = mantissaEnd < 0 ? number : number.substring(0, mantissaEnd);
    long exponent = mantissaEnd < 0 ? 0 : exponent(number.substring(mantissaEnd + 1));
    int point = mantissa.indexOf('.');
    int fraction = point < 0 ? 0 : mantissa.length() - point - 1;
    boolean negative = mantissa.startsWith("-");
    String all = (negative ? mantissa.substring(1) : mantissa).replace(".", "");
    int first = 0;
    while (first < all.length() && all.charAt(first) == '0') {
      first++;
    }
    if (first == all.length()) {
      return new Decimal(0, exponent - fraction, "");
    }
    int end = all.length();
    while (all.charAt(end - 1) == '0') {
      end--;
    }
    long magnitude = exponent - fraction + all.length() - first - 1;
    return new Decimal(negative ? -1 : 1, magnitude, all.substring(first, end));
  }

  private static long exponent(String text) {
    boolean negative = text.startsWith("-");
    String digits = text.replaceFirst("^[+-]?0*", "");
    long exponent =
        digits.length() > EXPONENT_DIGITS
            ? HUGE_EXPONENT
            : digits.isEmpty() ? 0 : Long.parseLong(digits);
    return negative ? -exponent : exponent;
  }

  /** By value. */
  @Override
  public int compareTo(Decimal other) {
    if (sign != other.sign || sign == 0) {
      return Integer.compare(sign, other.sign);
    }
    int bySize = Long.compare(magnitude, other.magnitude);
    return sign * (bySize != 0 ? bySize : digits.compareTo(other.digits));
  }

  /** The digits as a number, which a shift of the point makes this one. */
  BigInteger unscaled() {
    return sign == 0 ? BigInteger.ZERO : new BigInteger(digits).multiply(BigInteger.valueOf(sign));
  }

  /** How many of the digits stand behind the point; negative where zeros follow them before it. */
  long scale() {
    return sign == 0 ? 0 : digits.length() - 1 - magnitude;
  }
}
