package io.distri.node.db.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JsonOrderTest {

  /** Each value is below the next. */
  private static final List<String> ASCENDING =
      List.of(
          "null",
          "false",
          "true",
          "-1e9999",
          "-1.1E+400",
          "-1E+400",
          "-2",
          "-1e-9999",
          "0",
          "1e-9999",
          "1e-9",
          "0.5",
          "1",
          "1.0000000000000000000000000001",
          "1e1",
          "11",
          "9223372036854775807",
          "9223372036854775808",
          "1E+400",
          "1e9999",
          "\"\"",
          "\"1\"",
          "\"a\"",
          "\"aa\"",
          "\"b\"",
          "[]",
          "[null]",
          "[1]",
          "[1,1]",
          "[2]",
          "{}",
          "{\"a\":1}",
          "{\"a\":1,\"b\":1}",
          "{\"a\":2}",
          "{\"b\":0}");

  @Test
  void all_values_stand_in_one_line() {
    for (int i = 0; i < ASCENDING.size(); i++) {
      for (int j = 0; j < ASCENDING.size(); j++) {
        assertThat(Integer.signum(compare(ASCENDING.get(i), ASCENDING.get(j))))
            .as("%s and %s", ASCENDING.get(i), ASCENDING.get(j))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 1.0",
        "100 | 1e2",
        "0 | -0.0",
        "0e9999 | -0",
        "1e5 | 100000",
        "123e-2 | 1.2300",
        "0.001e3 | 1",
        "100000000000000000000 | 1e20",
        "-12e18 | -12000000000000000000",
        "[1.50] | [1.5]",
        "{\"a\":1,\"b\":[2]} | {\"b\":[2.0],\"a\":1}",
        "\"\\u00e4\" | \"ä\""
      })
  void spelling_does_not_matter(String one, String other) {
    assertThat(compare(one, other)).isZero();
    assertThat(ContentDigest.of("x", json(one))).isEqualTo(ContentDigest.of("x", json(other)));
    assertThat(ContentDigest.of("x", json(one))).isNotEqualTo(ContentDigest.of("y", json(one)));
  }

  /** Version 0.1 digested numbers so; a client may repeat a write at a node of another version. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "-0.00", "1", "-1", "1e5", "100000", "-1.250E-7", "255", "1e-9999"})
  void a_digest_has_the_least_digits_and_their_scale(String number) {
    BigDecimal value = new BigDecimal(number).stripTrailingZeros();
    byte[] digits = value.unscaledValue().toByteArray();
    ByteBuffer expected =
        ByteBuffer.allocate(Integer.BYTES + 1 + 2 * Integer.BYTES + digits.length);
    expected.putInt(0).put((byte) 'n').putInt(value.scale()).putInt(digits.length).put(digits);
    assertThat(ContentDigest.of("", json(number))).isEqualTo(ContentDigest.of(expected.array()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_order_is_total_and_the_digest_agrees_with_it(long seed) {
    Random random = new Random(seed);
    JsonNode a = json(value(random, 3));
    JsonNode b = json(value(random, 3));
    JsonNode c = json(value(random, 3));
    JsonOrder order = JsonOrder.INSTANCE;

    assertThat(Integer.signum(order.compare(a, b))).isEqualTo(-Integer.signum(order.compare(b, a)));
    if (order.compare(a, b) <= 0 && order.compare(b, c) <= 0) {
      assertThat(order.compare(a, c)).isNotPositive();
    }
    assertThat(ContentDigest.of("", a).equals(ContentDigest.of("", b)))
        .isEqualTo(order.compare(a, b) == 0);
  }

  static Stream<Long> seeds() {
    return LongStream.range(0, 1000).boxed();
  }

  /** Values from so few that equal ones meet often. */
  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> "null";
      case 1 -> String.valueOf(random.nextBoolean());
      case 2 -> random.nextBoolean() ? String.valueOf(random.nextInt(3)) : random.nextInt(3) + ".0";
      case 3 -> "\"" + "ab".charAt(random.nextInt(2)) + "\"";
      case 4 ->
          random.nextBoolean()
              ? "[" + value(random, depth - 1) + "]"
              : "[" + value(random, depth - 1) + "," + value(random, depth - 1) + "]";
      default -> {
        String a = "\"a\":" + value(random, depth - 1);
        String b = "\"b\":" + value(random, depth - 1);
        yield "{"
            + (random.nextBoolean() ? a + "," + b : random.nextBoolean() ? b + "," + a : a)
            + "}";
      }
    };
  }

  private static int compare(String one, String other) {
    return JsonOrder.INSTANCE.compare(json(one), json(other));
  }

  private static JsonNode json(String text) {
    return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
