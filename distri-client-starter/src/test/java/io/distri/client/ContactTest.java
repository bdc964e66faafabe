package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distri.protocol.HostPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactTest {

  @ParameterizedTest
  @CsvSource({
    "http://node1:3000, node1, 3000, false",
    "HTTP://node1:3000/, node1, 3000, false",
    "127.0.0.1:3001, 127.0.0.1, 3001, false",
    "http://[::1]:3000, ::1, 3000, false",
    "dns://nodes.example:3000, nodes.example, 3000, true"
  })
  void addresses_are_read_as_people_write_them(
      String text, String host, int port, boolean everyAddress) {
    assertThat(Contact.parse(text)).isEqualTo(new Contact(new HostPort(host, port), everyAddress));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "node1", "http://node1", "https://node1:3000", "node1:0", "a b:1"})
  void what_is_no_address_is_refused_with_the_ways_to_write_one(String text) {
    assertThatThrownBy(() -> Contact.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("write http://host:port");
  }

  @Test
  void a_password_in_an_address_is_not_repeated() {
    assertThatThrownBy(() -> Contact.parse("http://me:secret@node1:3000"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }
}
