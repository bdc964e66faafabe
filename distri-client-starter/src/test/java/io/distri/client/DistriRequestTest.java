package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistriRequestTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a\r\nX-Other: b", "\u0000", "\u00e4"})
  void what_no_header_can_carry_is_refused(String value) {
    assertThatThrownBy(() -> DistriRequest.to("Encrypt").idempotencyKey(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Idempotency-Key");
    assertThatThrownBy(() -> DistriRequest.to("Encrypt").accept(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Accept");
  }

  @Test
  void bad_values_are_refused_when_they_are_said() {
    assertThatThrownBy(() -> DistriRequest.to(" ")).hasMessageContaining("service is empty");
    assertThatThrownBy(() -> DistriRequest.to("x").limit(0)).hasMessageContaining("limit is 0");
    assertThatThrownBy(() -> DistriRequest.to("x").deadline(Duration.ZERO))
        .hasMessageContaining("deadline is PT0S");
  }

  @Test
  void a_copy_holds_all_of_it() {
    DistriRequest request =
        DistriRequest.to("UpdateDocument")
            .params("catalog")
            .body(new byte[] {1})
            .ifVersion("v1")
            .idempotencyKey("key")
            .idempotent(false)
            .deadline(Duration.ofSeconds(1))
            .build();

    assertThat(request.toBuilder().build()).usingRecursiveComparison().isEqualTo(request);
  }

  @Test
  void a_request_does_not_show_its_content() {
    DistriRequest request =
        DistriRequest.to("Encrypt").params("age1secret").body("secret".getBytes()).build();

    assertThat(request).hasToString("DistriRequest[Encrypt, 6 bytes]");
  }
}
