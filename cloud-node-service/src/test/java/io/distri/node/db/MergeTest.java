package io.distri.node.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.db.SimulatedCluster.Faults;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of the merge, on states that nodes really came to hold. */
class MergeTest {

  @ParameterizedTest
  @MethodSource("seeds")
  void states_merge_to_the_same_in_any_order_grouping_and_repetition(long seed) {
    SimulatedCluster cluster = new SimulatedCluster(seed, Faults.NONE);
    cluster.run(150);
    Random random = new Random(seed);
    Map<EntryKey, List<DocumentState>> states =
        cluster.states.stream()
            .collect(
                Collectors.groupingBy(
                    entry -> new EntryKey(entry.collection(), entry.epoch(), entry.state().uuid()),
                    Collectors.mapping(DocumentEntry::state, Collectors.toList())));

    for (List<DocumentState> ofDocument : states.values()) {
      for (int i = 0; i < 10; i++) {
        DocumentState a = ofDocument.get(random.nextInt(ofDocument.size()));
        DocumentState b = ofDocument.get(random.nextInt(ofDocument.size()));
        DocumentState c = ofDocument.get(random.nextInt(ofDocument.size()));
        DocumentState merged = Merge.merge(a, b);

        assertThat(merged).isEqualTo(Merge.merge(b, a));
        assertThat(Merge.merge(merged, c)).isEqualTo(Merge.merge(a, Merge.merge(b, c)));
        assertThat(Merge.merge(merged, a)).isEqualTo(merged);
        assertThat(Merge.merge(a, a)).isEqualTo(a);
        assertThat(merged.visible()).isNotEmpty();
        assertThat(merged.version()).isEqualTo(Merge.merge(b, a).version());
      }
    }
  }

  static Stream<Long> seeds() {
    return LongStream.range(0, 100).boxed();
  }
}
