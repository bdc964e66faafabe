package io.distri.node.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.3.4, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, ::1, false",
    "::1/128, 0:0:0:0:0:0:0:1, true",
    "fe80::/10, fe80::1%eth0, true",
    "10.89.44.0/23, 10.89.45.9, true",
    "10.89.44.0/23, 10.89.46.9, false",
    "10.0.0.0/8, localhost, false"
  })
  void knows_its_addresses(String range, String address, boolean inside) {
    assertThat(AddressRange.parse(range).contains(address)).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "example.com/8", "10.0.0.0/33", "10.0.0.0/x", "10.0.0/8/8"})
  void refuses_what_is_no_block(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
