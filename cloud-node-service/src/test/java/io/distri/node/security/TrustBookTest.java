package io.distri.node.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustBookTest {
  private static final String KEY = "aa";

  @TempDir Path directory;

  @RepeatedTest(50)
  void all_orders_of_the_same_decisions_end_in_the_same_book(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<TrustEntry> decisions = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Role role = random.nextInt(3) == 0 ? null : Role.values()[random.nextInt(2)];
      boolean evicted = random.nextInt(8) == 0;
      decisions.add(
          new TrustEntry(
              "key" + random.nextInt(3), evicted ? null : role, evicted, random.nextInt(3)));
    }
    TrustBook one = new TrustBook(null);
    decisions.forEach(decision -> one.merge(List.of(decision)));
    Collections.shuffle(decisions, random);
    TrustBook other = new TrustBook(null);
    other.merge(decisions);
    other.merge(decisions.subList(0, 6));
    assertThat(other.entries()).isEqualTo(one.entries());
    assertThat(other.digest()).isEqualTo(one.digest());
  }

  @Test
  void nothing_holds_over_an_eviction() {
    TrustBook book = new TrustBook(null);
    book.merge(List.of(new TrustEntry(KEY, null, true, 1)));
    assertThat(book.merge(List.of(new TrustEntry(KEY, Role.NODE, false, 2)))).isEmpty();
    assertThat(book.find(KEY).orElseThrow().evicted()).isTrue();
  }

  @Test
  void decisions_survive_a_restart() {
    Path file = directory.resolve("keys/trust.json");
    new TrustBook(file).merge(List.of(new TrustEntry(KEY, Role.OPERATOR, false, 5)));
    assertThat(new TrustBook(file).entries())
        .containsExactly(new TrustEntry(KEY, Role.OPERATOR, false, 5));
  }

  @Test
  void a_damaged_file_is_told_and_left_as_it_is() throws Exception {
    Path file = Files.writeString(directory.resolve("trust.json"), "[{\"keyId\":");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrustBook(file))
        .withMessageContaining("trust.json is damaged");
    assertThat(file).hasContent("[{\"keyId\":");
  }
}
