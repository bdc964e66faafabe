package io.distri.client;

import static io.distri.client.ScriptedNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.distri.client.ScriptedNode.Answer;
import io.distri.client.ScriptedNode.Received;
import io.distri.protocol.Headers;
import io.distri.protocol.ProblemType;
import io.distri.protocol.ServiceNames;
import io.distri.protocol.SessionToken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The session that goes with DB calls, so that a client reads its own writes on any node. */
class SessionCallTest extends TwoScriptedNodes {

  @Test
  void the_session_merges_what_all_nodes_told_and_goes_with_db_calls_alone() {
    a.answering(call -> Answer.ok("[]").with(Headers.SESSION, token(Map.of(1L, 4L))));
    b.answering(call -> Answer.ok("[]").with(Headers.SESSION, token(Map.of(2L, 7L))));
    try (DistriClient client = clientOfBoth().build()) {
      await()
          .until(() -> {
            client.sendDataWithParams(new byte[0], ServiceNames.READ_COLLECTION, "catalog");
            return !a.received().isEmpty() && !b.received().isEmpty();
          });
      a.received().clear();
      b.received().clear();
      client.sendDataWithParams(new byte[0], ServiceNames.READ_COLLECTION, "catalog");
      client.sendData(new byte[0], ServiceNames.ENCRYPT);
    }
    List<Received> calls = Stream.concat(a.received().stream(), b.received().stream()).toList();
    assertThat(calls)
        .extracting(Received::service, call -> call.header(Headers.SESSION))
        .containsExactlyInAnyOrder(
            tuple(ServiceNames.READ_COLLECTION, token(Map.of(1L, 4L, 2L, 7L))),
            tuple(ServiceNames.ENCRYPT, ""));
  }

  @Test
  void without_a_session_no_token_is_sent() {
    a.answering(call -> Answer.ok("[]").with(Headers.SESSION, token(Map.of(1L, 4L))));
    try (DistriClient client = clientOfA().session(false).build()) {
      client.sendDataWithParams(new byte[0], ServiceNames.READ_COLLECTION, "catalog");
      client.sendDataWithParams(new byte[0], ServiceNames.READ_COLLECTION, "catalog");
    }
    assertThat(a.received()).extracting(call -> call.header(Headers.SESSION)).containsOnly("");
  }

  @Test
  void a_node_that_is_behind_the_session_is_passed_over_without_a_mark_against_it() {
    a.answering(call -> Answer.problem(ProblemType.BEHIND_SESSION, "not there yet"));
    try (DistriClient client = clientOfBoth().build()) {
      await()
          .pollInterval(Duration.ofMillis(1))
          .until(() -> {
            client.sendDataWithParams(new byte[0], ServiceNames.READ_COLLECTION, "catalog");
            return a.received().size() == 10;
          });
    }
    // Half of the elections fall on it, since the two are equal otherwise.
    assertThat(b.received()).hasSizeBetween(10, 60);
  }

  private static String token(Map<Long, Long> seqs) {
    return new SessionToken(new TreeMap<>(seqs)).format();
  }
}
