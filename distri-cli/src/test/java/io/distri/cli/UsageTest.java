package io.distri.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.Cli.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

  @TempDir Path home;
  Cli cli;

  @BeforeEach
  void setUp() {
    cli = new Cli(home);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server",
        "peer",
        "client",
        "stats",
        "keygen",
        "seal",
        "open",
        "load-test",
        "demo",
        "backup",
        "restore",
        "export",
        "import"
      })
  void every_command_has_help(String command) {
    Result result = cli.run(command, "--help");

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("Usage: distri " + command);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void the_overview_names_commands_for_users_only() {
    Result result = cli.run("--help");

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("load-test", "demo").doesNotContain("compose-keys");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          | Which command?
          nonsense | nonsense
          --mode nonsense | nonsense
          server | --ips
          server --ips | --ips
          server --ips localhost | 'localhost' is not an address
          server --ips 127.0.0.1:http | the port must be a number
          server --ips 127.0.0.1:70000 | 70000 is not a port
          server --ips 127.0.0.1:0 | between 1 and 65535
          server --ips ::1:3000 | brackets
          peer --ips 127.0.0.1:2000,127.0.0.1:3000 | --identifier
          peer --identifier alice | --ips names its own address
          peer --identifier alice nonsense | Unknown argument 'nonsense'
          peer --identifier alice grant bob | VIEWS
          server --ips 127.0.0.1:3000 --verbose | Unknown argument '--verbose'
          server --ips 127.0.0.1:3000 127.0.0.1:3001 | Unknown argument '127.0.0.1:3001'
          client --ips 127.0.0.1 | '127.0.0.1' is not an address
          client --reprot --ips 127.0.0.1:3000 | --reprot
          stats --ips http://127.0.0.1 | is not an address
          seal in.jpg | PNG
          seal --to nobody in.jpg out.png | starts with age1
          open --key | --key
          load-test | encrypt
          load-test everything | everything
          load-test encrypt --servers 0 | --servers is 0
          load-test encrypt --clients many | many
          load-test db --tasks -3 | --tasks is -3
          load-test db --servers 1 --ips 127.0.0.1:3000 | choose
          load-test encrypt --rate 0 | --rate is 0
          load-test encrypt --rate -5 | --rate is -5
          load-test encrypt --rate 1.5 | 1.5
          load-test encrypt --rate 10 --tasks 10 | choose
          load-test encrypt --rate 10 --servers 1,3 | --servers one number
          load-test encrypt --rate 10 --clients 5,25 | --clients one number
          load-test encrypt --rate 10 --duration soon | 'soon' is not a time
          load-test encrypt --rate 10 --duration 0s | between 1s and 1h
          load-test encrypt --duration 10s | --rate
          load-test encrypt --warm-up -1 | --warm-up is -1
          demo --forever | --forever
          backup --ips 127.0.0.1:3000 | FILE
          restore file | --ips
          export --collection --ips 127.0.0.1:3000 | --collection
          import file --ips 127.0.0.1:3000 --dry | --dry
          """)
  void bad_usage_is_explained_and_ends_with_2(String line, String explanation) {
    Result result = cli.run(line == null ? new String[0] : line.split(" "));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains(explanation).doesNotContain("Exception").contains("--help");
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stats --ips 127.0.0.1:1",
        "--mode stats --ips 127.0.0.1:1",
        "--ips 127.0.0.1:1 --mode stats",
        "--ips=127.0.0.1:1 --mode=stats",
        "client --report --ips 127.0.0.1:1",
        "backup ${home}/backup --ips 127.0.0.1:1",
        "export --ips 127.0.0.1:1",
        "--mode client --report --ips 127.0.0.1:1,127.0.0.1:2",
        "load-test encrypt --clients 1 --ips 127.0.0.1:1 --out ${home}/out"
      })
  void where_no_node_can_be_reached_one_sentence_says_so(String line) {
    Result result = cli.run(line.replace("${home}", home.toString()).split(" "));

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("127.0.0.1:1").hasLineCount(1).doesNotContain("Exception");
  }
}
