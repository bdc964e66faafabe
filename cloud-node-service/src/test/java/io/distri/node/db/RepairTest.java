package io.distri.node.db;

import static io.distri.node.db.Nodes.add;
import static io.distri.node.db.Nodes.delete;
import static io.distri.node.db.Nodes.node;
import static io.distri.node.db.Nodes.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node that lost what its vector covers gets it back when it takes in all that another holds. */
class RepairTest {
  private final Replica whole = node(1);
  private final Replica torn = node(2);

  @Test
  void what_was_lost_under_a_vector_that_covers_it_shows_in_the_digest_and_is_repaired() {
    add(whole, "{'UUID':'x'}");
    add(whole, "{'UUID':'y'}");
    delete(whole, "{'UUID':'y'}");
    torn.startAnew(3, List.of(), whole.version());
    Nodes.pull(whole, torn);
    List<Entry> all = whole.delta(Coverage.NOTHING).pages().next();

    assertThat(torn.holding().contradicts(whole.holding())).isTrue();
    torn.apply(all);
    assertThat(read(torn, "{}")).as("covered, so nobody takes it for new").isEmpty();
    torn.repair(all);

    assertThat(read(torn, "{}")).isEqualTo(read(whole, "{}")).hasSize(1);
    assertThat(torn.holding()).isEqualTo(whole.holding());
  }

  @Test
  void bodies_that_differ_under_one_version_end_as_the_same_on_both() {
    add(whole, "{'UUID':'x','n':1}");
    List<Entry> all = whole.delta(Coverage.NOTHING).pages().next();
    List<Entry> damaged = all.stream().map(RepairTest::damaged).toList();
    torn.startAnew(3, damaged, whole.version());

    assertThat(torn.holding().contradicts(whole.holding())).isTrue();
    torn.repair(all);
    whole.repair(damaged);

    assertThat(torn.holding()).isEqualTo(whole.holding());
    assertThat(read(torn, "{}")).isEqualTo(read(whole, "{}")).hasSize(1);
  }

  /** The same versions with another body. */
  private static Entry damaged(Entry entry) {
    if (!(entry instanceof DocumentEntry(String collection, long epoch, DocumentState state))) {
      return entry;
    }
    DocumentVersion version = state.versions().getFirst();
    DocumentVersion damaged =
        new DocumentVersion(
            version.dot(),
            version.hlc(),
            version.writeId(),
            version.context(),
            DocumentBody.of("{\"UUID\":\"x\",\"n\":7}".getBytes(StandardCharsets.UTF_8)));
    return new DocumentEntry(
        collection, epoch, new DocumentState(state.uuid(), List.of(damaged), state.writes()));
  }
}
