package io.distri.node.db;

import static io.distri.node.db.Nodes.CATALOG;
import static io.distri.node.db.Nodes.add;
import static io.distri.node.db.Nodes.delete;
import static io.distri.node.db.Nodes.document;
import static io.distri.node.db.Nodes.filter;
import static io.distri.node.db.Nodes.node;
import static io.distri.node.db.Nodes.pull;
import static io.distri.node.db.Nodes.update;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DatabindException;
import tools.jackson.dataformat.cbor.CBORMapper;

/** The records that nodes exchange, as CBOR. */
class WireTest {
  private static final TypeReference<List<Entry>> ENTRIES = new TypeReference<>() {};

  private final CBORMapper mapper = new CBORMapper();
  private final Replica a = node(1);
  private final Replica b = node(-2);

  @Test
  void entries_arrive_as_they_were_sent() {
    a.update(CATALOG, document("{'UUID':'x','n':1}"), null, "w");
    update(b, "{'UUID':'x','n':2}");
    add(a, "{'UUID':'y'}");
    delete(a, "{'UUID':'y'}");
    a.delete(CATALOG, filter("{'n':7}"), "d");
    pull(a, b);
    List<Entry> entries = a.delta(Coverage.NOTHING).pages().next();

    byte[] wire = mapper.writerFor(ENTRIES).writeValueAsBytes(entries);

    assertThat(entries).hasSize(3);
    assertThat(mapper.readValue(wire, ENTRIES)).isEqualTo(entries);
    assertThat(wire.length).isLessThan(2 * entries.stream().mapToInt(Entry::sizeBytes).sum());
  }

  @Test
  void a_push_remembers_only_what_is_new_to_who_holds_the_rest() {
    for (int i = 1; i <= 20; i++) {
      a.update(CATALOG, document("{'UUID':'x','n':%d}".formatted(i)), null, "w" + i);
    }
    pull(b, a);
    long known = b.version().seq(1);
    a.update(CATALOG, document("{'UUID':'x','n':21}"), null, "w21");

    Push push = Nodes.push(a, known);
    b.apply(push);

    assertThat(push.entries()).hasSize(1);
    assertThat(((DocumentEntry) push.entries().getFirst()).state().writes().writes())
        .extracting(RememberedWrite::id)
        .containsExactly("w21");
    assertThat(documents(b)).isEqualTo(documents(a));
  }

  @Test
  void a_memory_that_is_cut_off_is_refused() {
    a.update(CATALOG, document("{'UUID':'x'}"), null, "w");
    DocumentEntry entry =
        (DocumentEntry) Nodes.push(a, a.version().seq(1) - 1).entries().getFirst();
    byte[] bytes = entry.state().writes().toBytes();

    assertThat(WriteMemory.ofBytes(bytes)).isEqualTo(entry.state().writes());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WriteMemory.ofBytes(Arrays.copyOf(bytes, bytes.length - 1)))
        .withMessageContaining("cut off");
  }

  @Test
  void a_vector_is_its_bytes() {
    byte[] wire = mapper.writeValueAsBytes(a.version().recent());

    assertThat(wire).hasSize(1 + 16);
    assertThat(mapper.readValue(wire, VersionVector.class)).isEqualTo(a.version().recent());
  }

  @Test
  void a_state_that_contradicts_itself_is_refused() {
    Written written = update(a, "{'UUID':'x'}");
    Entry entry =
        a.delta(Coverage.of(VersionVector.EMPTY, VersionVector.of(new Dot(1, 1))))
            .pages()
            .next()
            .getFirst();
    byte[] wire = mapper.writerFor(Entry.class).writeValueAsBytes(entry);
    int context = indexOf(wire, written.session().toBytes());
    wire[context + 15] = 1;

    assertThatExceptionOfType(DatabindException.class)
        .isThrownBy(() -> mapper.readValue(wire, Entry.class))
        .withMessageContaining("covers the version itself");
  }

  private static Map<String, DocumentState> documents(Replica node) {
    return requireNonNull(node.snapshot().existing(CATALOG)).documents();
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i <= bytes.length - part.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not found");
  }
}
