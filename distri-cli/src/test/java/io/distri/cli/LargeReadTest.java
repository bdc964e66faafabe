package io.distri.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.local.FreePorts;
import io.distri.cli.local.Home;
import io.distri.client.DistriClient;
import io.distri.client.DistriCollections;
import io.distri.client.DocumentQuery;
import io.distri.node.db.Document;
import io.distri.node.db.DocumentStore;
import io.distri.protocol.HostPort;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.node.ObjectNode;

/** Reads more than anybody would like to have in memory twice. */
@Isolated("it looks at the whole process")
class LargeReadTest {
  private static final int DOCUMENTS = 100_000;

  /** Of some 100 MB of JSON. */
  private static final long FLAT = 8 << 20;

  @TempDir Path directory;

  @Test
  void a_collection_of_100_000_documents_is_read_with_flat_memory_on_both_sides() throws Exception {
    HostPort address = FreePorts.anywhere(1).getFirst();
    // Node and reader share this heap, so what it grows by is what either of them adds.
    try (ConfigurableApplicationContext node =
            NodeProgram.start(new Home(directory), List.of(address), List.of()).orElseThrow();
        DistriClient client = DistriClient.builder().nodes(address.toString()).build()) {
      fill(node.getBean(DocumentStore.class));
      long before = heap();
      long most = 0;
      int count = 0;
      try (Stream<ObjectNode> all =
          new DistriCollections(client).stream("catalog", DocumentQuery.all())) {
        for (Iterator<ObjectNode> documents = all.iterator(); documents.hasNext(); ) {
          documents.next();
          count++;
          if (count % (DOCUMENTS / 4) == 0) {
            most = Math.max(most, heap() - before);
          }
        }
      }
      assertThat(count).isEqualTo(DOCUMENTS);
      assertThat(most).isLessThan(FLAT);
    }
  }

  private static void fill(DocumentStore documents) {
    String text = "x".repeat(950);
    for (int i = 0; i < DOCUMENTS; i++) {
      String json = "{\"UUID\":\"%06d\",\"text\":\"%s\"}".formatted(i, text);
      documents.add("catalog", Document.parse(json.getBytes(UTF_8)), null);
    }
  }

  /** In bytes, after a collection. */
  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
