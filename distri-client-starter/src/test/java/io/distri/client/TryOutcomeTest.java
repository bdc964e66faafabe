package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.client.TryOutcome.Why;
import io.distri.protocol.ProblemType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TryOutcomeTest {

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204})
  void success_is_done(int status) {
    assertThat(TryOutcome.of(answer(status, Map.of(), ""))).isInstanceOf(TryOutcome.Done.class);
  }

  @ParameterizedTest
  @CsvSource({
    "REFUSED, BUSY, false",
    "DEADLINE_PASSED, BUSY, false",
    "BODY_TOO_SLOW, BUSY, false",
    "DB_FULL, BUSY, false",
    "BEHIND_SESSION, BEHIND, false",
    "UNAVAILABLE, UNAVAILABLE, true",
    "TOO_FEW_IN_REACH, UNAVAILABLE, true",
    "DISK_FULL, UNAVAILABLE, true"
  })
  void what_was_not_executed_is_a_refusal_and_speaks_against_the_node_or_not(
      ProblemType type, Why why, boolean failureOfNode) {
    TryOutcome outcome = TryOutcome.of(problem(type, "Retry-After", "7"));

    assertThat(outcome)
        .isEqualTo(
            new TryOutcome.Refused(why, type.status() + " the detail", Duration.ofSeconds(7)));
    assertThat(outcome.isFailureOfNode()).isEqualTo(failureOfNode);
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERNAL", "NOT_ACKNOWLEDGED"})
  void what_may_have_been_executed_is_unclear(ProblemType type) {
    assertThat(TryOutcome.of(problem(type))).isInstanceOf(TryOutcome.Unclear.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 599})
  void a_server_error_that_does_not_say_is_unclear(int status) {
    assertThat(TryOutcome.of(answer(status, Map.of(), "oops")))
        .isEqualTo(new TryOutcome.Unclear(status + " oops", false));
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 403, 404, 405, 409, 410, 413, 415, 421, 422, 501, 505})
  void everything_else_is_a_rejection(int status) {
    assertThat(TryOutcome.of(answer(status, Map.of(), "no")))
        .isInstanceOf(TryOutcome.Rejected.class);
  }

  @Test
  void an_unknown_service_may_be_known_elsewhere_and_an_unknown_collection_is_a_rejection() {
    assertThat(TryOutcome.of(problem(ProblemType.UNKNOWN_SERVICE)))
        .isInstanceOf(TryOutcome.NotOffered.class);
    assertThat(TryOutcome.of(problem(ProblemType.UNKNOWN_COLLECTION)))
        .isInstanceOf(TryOutcome.Rejected.class);
  }

  @Test
  void what_never_left_is_a_refusal_and_what_was_lost_is_unclear() {
    assertThat(TryOutcome.of(new Reply.NotSent("connection refused")))
        .isEqualTo(new TryOutcome.Refused(Why.UNREACHABLE, "connection refused", Duration.ZERO));
    assertThat(TryOutcome.of(new Reply.Lost("gone", true)))
        .isEqualTo(new TryOutcome.Unclear("gone", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "99999999999", "Wed, 21 Oct 2026 07:28:00 GMT"})
  void a_retry_after_that_is_no_number_of_seconds_counts_as_none(String value) {
    TryOutcome outcome = TryOutcome.of(problem(ProblemType.REFUSED, "Retry-After", value));

    assertThat(((TryOutcome.Refused) outcome).retryAfter()).isZero();
  }

  @Test
  void a_problem_that_cannot_be_read_is_told_in_an_excerpt() {
    String page = "<html>" + "x".repeat(1000);
    TryOutcome html = TryOutcome.of(answer(400, Map.of("Content-Type", "text/html"), page));
    TryOutcome broken =
        TryOutcome.of(answer(400, Map.of("Content-Type", "application/json"), "{\"ti"));

    assertThat(((TryOutcome.Rejected) html).problem().detail()).startsWith("<html>x").hasSize(301);
    assertThat(((TryOutcome.Rejected) broken).problem().detail()).isEqualTo("{\"ti");
  }

  private static Reply.Answer problem(ProblemType type, String... header) {
    ScriptedNode.Answer answer = ScriptedNode.Answer.problem(type, "the detail");
    if (header.length == 2) {
      answer = answer.with(header[0], header[1]);
    }
    return answer(
        answer.status(), answer.headers(), new String(answer.body(), StandardCharsets.UTF_8));
  }

  private static Reply.Answer answer(int status, Map<String, String> headers, String body) {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    return new Reply.Answer(status, all, body.getBytes(StandardCharsets.UTF_8));
  }
}
