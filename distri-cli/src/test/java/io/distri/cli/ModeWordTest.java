package io.distri.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModeWordTest {

  @ParameterizedTest
  @CsvSource({
    "'--mode server --ips a:1', 'server --ips a:1'",
    "'--mode=server --ips a:1', 'server --ips a:1'",
    "'--report --mode client --ips a:1', 'client --report --ips a:1'",
    "'--ips a:1 --mode client', 'client --ips a:1'",
    "'client --report', 'client --report'",
    "'server --mode client', 'server --mode client'",
    "'--mode', '--mode'",
    "'--help', '--help'"
  })
  void the_mode_becomes_the_first_word(String given, String expected) {
    assertThat(ModeWord.inPlace(List.of(given.split(" ")))).isEqualTo(List.of(expected.split(" ")));
  }
}
