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
    session.saw(token(Map.of(1L, 5L)), session.header());
    session.saw(token(Map.of(1L, 3L, 2L, 1L)), session.header());

    assertThat(session.header()).isEqualTo(token(Map.of(1L, 5L, 2L, 1L)));
  }

  @Test
  void a_broken_token_changes_nothing() {
    session.saw(token(Map.of(1L, 5L)), session.header());
    session.saw("not a token", session.header());
    session.saw("", session.header());

    assertThat(session.header()).isEqualTo(token(Map.of(1L, 5L)));
  }

  @Test
  void when_the_merged_token_outgrows_the_header_the_last_one_stands_alone() {
    session.saw(token(actors(0, 600)), session.header());
    session.saw(token(actors(400, 1000)), session.header());

    assertThat(session.header()).isEqualTo(token(actors(400, 1000)));
  }

  @Test
  void what_a_node_leaves_out_is_left_out_from_then_on_but_not_what_came_meanwhile() {
    session.saw(token(Map.of(1L, 5L, 2L, 3L)), "");
    String sent = session.header();
    session.saw(token(Map.of(2L, 4L, 3L, 1L)), sent);
    session.saw(token(Map.of(0L, 8L, 4L, 1L)), sent);

    assertThat(session.header()).isEqualTo(token(Map.of(0L, 8L, 2L, 4L, 3L, 1L, 4L, 1L)));
  }

  private static Map<Long, Long> actors(long from, long to) {
    return LongStream.range(from, to).boxed().collect(Collectors.toMap(actor -> actor, seq -> 1L));
  }

  private static String token(Map<Long, Long> seqs) {
    return new SessionToken(new TreeMap<>(seqs)).format();
  }
}
