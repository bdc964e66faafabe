package io.distri.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryBudgetTest {

  private static final long SECOND = 1_000_000_000L;

  private final RetryBudget budget = new RetryBudget(0);

  @Test
  void retries_stop_when_the_bucket_is_empty_and_go_on_at_ten_a_second() {
    assertThat(taken(100, 1, 0, 0)).isEqualTo(10);
    assertThat(taken(100, 1, 0, SECOND / 2)).isEqualTo(5);
    assertThat(taken(100, 1, 0, 10 * SECOND)).isEqualTo(10);
  }

  @Test
  void a_retry_after_a_timeout_costs_two() {
    int taken = 0;
    while (budget.take(2, 1, 0, 0)) {
      taken++;
    }
    assertThat(taken).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"1, 50", "3, 40", "6, 20", "100, 10"})
  void a_hundred_successes_pay_for_fewer_retries_the_more_nodes_there_are(int nodes, int retries) {
    taken(1000, nodes, 0, 0);
    // In steps, so that a small cluster's small bucket doesn't overflow.
    int taken = 0;
    for (int step = 0; step < 10; step++) {
      for (int i = 0; i < 10; i++) {
        budget.succeeded(nodes, 0, 0);
      }
      taken += taken(1000, nodes, 0, 0);
    }

    assertThat(taken).isBetween(retries - 10, retries);
  }

  @Test
  void the_bucket_grows_with_the_cluster_and_with_the_calls_in_flight() {
    for (int i = 0; i < 10_000; i++) {
      budget.succeeded(4, 0, 0);
    }
    assertThat(taken(1000, 4, 0, 0)).isEqualTo(40);
    for (int i = 0; i < 10_000; i++) {
      budget.succeeded(1, 256, 0);
    }
    assertThat(taken(1000, 1, 256, 0)).isEqualTo(256);
  }

  private int taken(int wanted, int nodes, int inFlight, long nowNanos) {
    int taken = 0;
    for (int i = 0; i < wanted; i++) {
      if (budget.take(1, nodes, inFlight, nowNanos)) {
        taken++;
      }
    }
    return taken;
  }
}
