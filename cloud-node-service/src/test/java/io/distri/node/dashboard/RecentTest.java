package io.distri.node.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.dashboard.Recent.Numbered;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RecentTest {

  private final Recent<String> recent = new Recent<>(2);

  @Test
  void who_comes_late_gets_what_is_kept() throws Exception {
    recent.add("a");
    recent.add("b");
    recent.add("c");

    assertThat(recent.from(0, Duration.ZERO))
        .isEqualTo(List.of(new Numbered<>(1, "b"), new Numbered<>(2, "c")));
    assertThat(recent.from(3, Duration.ZERO)).isEmpty();
  }

  @Test
  void who_waits_is_woken_by_the_next() {
    CompletableFuture<List<Numbered<String>>> next =
        CompletableFuture.supplyAsync(() -> {
          try {
            return recent.from(0, Duration.ofMinutes(1));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    recent.add("a");

    assertThat(next.join()).isEqualTo(List.of(new Numbered<>(0, "a")));
  }
}
