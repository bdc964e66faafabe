package io.distri.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnNamesTest {
  private final OwnNames names = new OwnNames(List.of("node-1.cluster", "Distri.Example."));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node-1.cluster",
        "NODE-1.cluster.",
        "distri.example",
        "localhost",
        "LocalHost.",
        "127.0.0.1",
        "10.1.2.3",
        "0.0.0.0",
        "[::1]",
        "[fe80::1%25eth0]"
      })
  void given_names_localhost_and_literal_addresses_are_own(String host) {
    assertThat(names.include(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "evil.example",
        "node-1.cluster.evil.example",
        "node-1",
        "cluster",
        "localhost.evil.example",
        "127.0.0.1.nip.io",
        "127.0.0.1.",
        "127.1",
        "0x7f.0.0.1",
        "2130706433",
        "127.0.0.1@evil"
      })
  void all_others_are_foreign(String host) {
    assertThat(names.include(host)).isFalse();
  }
}
