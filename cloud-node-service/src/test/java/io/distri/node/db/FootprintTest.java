package io.distri.node.db;

import static io.distri.node.db.Nodes.CATALOG;
import static io.distri.node.db.Nodes.document;
import static io.distri.node.db.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it looks at the whole process")
class FootprintTest {
  private static final int DOCUMENTS = 100_000;
  private static final String TEXT = "x".repeat(900);

  @Test
  void documents_of_1_KB_take_at_most_two_and_a_half_times_their_JSON() {
    long before = usedHeapBytes();
    Replica node = node(1);
    long json = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      Document document =
          document(
              "{'UUID':'0b1c7f2e-5d3a-4c1b-9a52-%012d','provider':'alice','size':%d,'text':'%s'}"
                  .formatted(i, i, TEXT));
      json += document.body().sizeBytes();
      node.add(CATALOG, document, "3f9a6a2e-7f0e-4b7c-8c11-%012d".formatted(i));
    }
    long taken = usedHeapBytes() - before;

    assertThat(node.collections())
        .isEqualTo(List.of(new CollectionSummary(CATALOG, 1, DOCUMENTS, 0, 0)));
    assertThat((double) taken / json).isLessThan(2.5);
  }

  private static long usedHeapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
