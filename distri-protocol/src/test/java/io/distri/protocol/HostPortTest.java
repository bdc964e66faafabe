package io.distri.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:3000, 127.0.0.1, 3000, 13000",
    "node-1:3000, node-1, 3000, 13000",
    "[::1]:22767, ::1, 22767, 32767",
    "[::1]:22768, ::1, 22768, 12768",
    "localhost:23102, localhost, 23102, 13102",
    "localhost:42768, localhost, 42768, 22768",
    "localhost:65535, localhost, 65535, 25535"
  })
  void is_read_and_written_as_people_write_it(String text, String host, int port, int internal) {
    HostPort address = HostPort.parse(text);
    assertThat(address).isEqualTo(new HostPort(host, port)).hasToString(text);
    assertThat(address.internal()).isEqualTo(new HostPort(host, internal));
  }

  /** Linux takes 32768 to 60999 for outgoing connections, others 49152 to 65535. */
  @Test
  void no_internal_port_is_one_that_the_system_takes_for_connections() {
    assertThat(IntStream.rangeClosed(1, 65_535))
        .allMatch(port -> {
          int internal = new HostPort("host", port).internal().port();
          return internal > 0 && internal < 32_768 && internal != port;
        });
  }

  @ParameterizedTest
  @CsvSource({"3000, 13000", "23102, 33102", "55535, 65535", "55536, 45536"})
  void version_01_had_another_rule(int port, int internal) {
    assertThat(new HostPort("host", port).internalOfVersion01().port()).isEqualTo(internal);
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
