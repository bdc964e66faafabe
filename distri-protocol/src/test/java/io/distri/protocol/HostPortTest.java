package io.distri.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:3000, 127.0.0.1, 3000, 13000",
    "node-1:3000, node-1, 3000, 13000",
    "[::1]:55535, ::1, 55535, 65535",
    "localhost:55536, localhost, 55536, 45536"
  })
  void is_read_and_written_as_people_write_it(String text, String host, int port, int internal) {
    HostPort address = HostPort.parse(text);
    assertThat(address).isEqualTo(new HostPort(host, port)).hasToString(text);
    assertThat(address.internal()).isEqualTo(new HostPort(host, internal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "3000",
        ":3000",
        "host:",
        "host:x",
        "host:70000",
        "host:-1",
        "a b:1",
        "::1:3000",
        "http://host:1"
      })
  void what_is_no_address_is_refused_in_words(String text) {
    assertThatThrownBy(() -> HostPort.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(".*(address|port).*");
  }
}
