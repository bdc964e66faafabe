package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.protocol.SessionToken;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SessionTest {

  private final Session session = new Session();

  @Test
  void nothing_is_sent_before_anything_was_seen() {
    assertThat(session.header()).isEmpty();
  }

  @Test
  void tokens_of_different_nodes_are_merged() {
    session.saw(token(Map.of(1L, 5L)));
    session.saw(token(Map.of(1L, 3L, 2L, 1L)));

    assertThat(session.header()).isEqualTo(token(Map.of(1L, 5L, 2L, 1L)));
  }

  @Test
  void a_broken_token_changes_nothing() {
    session.saw(token(Map.of(1L, 5L)));
    session.saw("not a token");
    session.saw("");

    assertThat(session.header()).isEqualTo(token(Map.of(1L, 5L)));
  }

  @Test
  void when_the_merged_token_outgrows_the_header_the_last_one_stands_alone() {
    session.saw(token(actors(0, 600)));
    session.saw(token(actors(400, 1000)));

    assertThat(session.header()).isEqualTo(token(actors(400, 1000)));
  }

  private static Map<Long, Long> actors(long from, long to) {
    return LongStream.range(from, to).boxed().collect(Collectors.toMap(actor -> actor, seq -> 1L));
  }

  private static String token(Map<Long, Long> seqs) {
    return new SessionToken(new TreeMap<>(seqs)).format();
  }
}
