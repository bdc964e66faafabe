package io.distri.node.db.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.distri.protocol.ProblemType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void bytes_that_are_no_UTF_8_are_refused() {
    assertRefused(new byte[] {'"', (byte) 0xC3, '"'});
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":1,\"a\":[true,null,\"\u00e4\\n\"]}",
        "1.10",
        "-0.000001",
        "123456789012345678901234567890.123456789",
        "1E+400",
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
