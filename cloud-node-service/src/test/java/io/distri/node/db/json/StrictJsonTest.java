package io.distri.node.db.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.distri.protocol.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StrictJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "{",
        "{}}",
        "{} {}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":1,}",
        "{\"a\":1,\"a\":2}",
        "{\"o\":{\"a\":1,\"a\":1}}",
        "\u00e4"
      })
  void what_is_not_exactly_one_value_is_refused(String json) {
    assertRefused(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "22 C3 22", // cut off
        "22 C0 AF 22", // '/' in two bytes
        "22 E0 80 AF 22", // and in three
        "22 F0 80 80 AF 22", // and in four
        "22 ED A0 80 22", // half of a surrogate pair
        "22 ED A0 B4 ED B4 9E 22", // both halves of one
        "22 F4 90 80 80 22", // beyond U+10FFFF
        "22 F4 BF BF BF 22",
        "22 F8 88 80 80 80 22", // five bytes
        "22 80 22", // the middle of nothing
        "22 FF 22",
        "7B 22 C0 80 22 3A 31 7D", // in a key
        "EF BB BF 7B 7D", // a byte order mark
        "FE FF 00 5B 00 5D", // UTF-16
        "00 5B 00 5D",
        "5B 00 5D 00",
        "00 00 00 5B 00 00 00 5D"
      })
  void what_is_not_plain_UTF_8_is_refused(String bytes) {
    assertRefused(HexFormat.ofDelimiter(" ").parseHex(bytes));
  }

  @Test
  void nesting_ends_at_64() {
    String deepest = "[".repeat(StrictJson.MAX_DEPTH) + "]".repeat(StrictJson.MAX_DEPTH);

    assertThat(StrictJson.read(bytes(deepest)).isArray()).isTrue();
    assertRefused(bytes("[" + deepest + "]"));
  }

  @Test
  void numbers_end_at_1000_characters() {
    assertThat(StrictJson.read(bytes("9".repeat(1000))).isNumber()).isTrue();
    assertRefused(bytes("9".repeat(1001)));
  }

  @Test
  void keys_end_at_16384_characters() {
    String longest = "{\"%s\":1}".formatted("\u540d".repeat(StrictJson.MAX_KEY_CHARS));
    String longer = longest.replace("\":", "\u540d\":");

    assertThat(StrictJson.read(bytes(longest)).size()).isEqualTo(1);
    assertRefused(bytes(longer));
    assertThat(StrictJson.stored(bytes(longer), 0).size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1e9999, 1e10000",
    "-99.9e9998, -99.9e9999",
    "0.0001e10003, 0.0001e10004",
    "1e-9999, 1e-10000",
    "0e9999, 0e10000",
    "1E+0000000000009999, 1e2147483648",
    "0.1e-9998, 1e-2147483648",
    "0e-9999, 0e99999999999",
    "1e1, 100e2147483647",
    "1e-1, 1e999999999999999999999999999999"
  })
  void numbers_end_at_9999_places_before_and_behind_the_point(String taken, String refused) {
    assertThat(new String(StrictJson.write(StrictJson.read(bytes(taken))))).isEqualTo(taken);
    assertRefused(bytes(refused));
    assertRefused(bytes("{\"a\":[" + refused + "]}"));
  }

  @Test
  void what_is_stored_has_no_limits_on_numbers_and_may_lie_within_other_JSON() {
    for (String number : List.of("1.0E+2147483648", "1e-99999999999999999999", "9".repeat(5000))) {
      JsonNode stored = StrictJson.stored(bytes(number), 0);
      assertThat(new String(StrictJson.write(stored))).isEqualTo(number);
      assertThat(JsonOrder.INSTANCE.compare(stored, stored)).isZero();
    }
    String deepest = "[".repeat(StrictJson.MAX_DEPTH + 2) + "]".repeat(StrictJson.MAX_DEPTH + 2);
    assertThat(StrictJson.stored(bytes(deepest), 2).isArray()).isTrue();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> StrictJson.stored(bytes(deepest), 1));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> StrictJson.stored(bytes("[".repeat(100_000)), 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":1,\"a\":[true,null,\"\u00e4\\n\"]}",
        "1.10",
        "-0.000001",
        "123456789012345678901234567890.123456789",
        "1E+400",
        "[1e5,1E5,1e+05,1.0,1.00,-0,-0.0,0e1,100e-2,9223372036854775808]",
        "[\"\uD83D\uDE00\u2028\",{\"\uD83D\uDE00\":1},{\"\\uDC00\":1}]",
        "[\"half a pair: \\uD800\"]"
      })
  void values_are_written_as_they_were_read(String json) {
    assertThat(new String(StrictJson.write(StrictJson.read(bytes(json))), StandardCharsets.UTF_8))
        .isEqualTo(json);
  }

  @Test
  void the_message_says_where() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> StrictJson.read(bytes("{\"a\":\n 1 2}")))
        .withMessageContaining("line 2");
  }

  private static void assertRefused(byte[] json) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> StrictJson.read(json))
        .returns(ProblemType.MALFORMED_JSON, InvalidInputException::problem);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
