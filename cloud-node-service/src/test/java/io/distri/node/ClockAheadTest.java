package io.distri.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.db.Document;
import io.distri.node.db.HlcClock;
import io.distri.node.db.Replica;
import io.distri.node.db.Written;
import io.distri.node.db.storage.DataDirectory;
import io.distri.protocol.Headers;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose disk was written while its clock was ahead. */
class ClockAheadTest {
  @TempDir Path directory;

  @Test
  void its_writes_are_refused_as_not_executed_while_reads_go_on() throws Exception {
    writeUnderAClockAheadBy(Duration.ofHours(1));
    try (TestNode node =
        TestNode.alone(
            "distri.node.db.data-dir=" + directory.resolve("db"),
            "distri.node.db.initial-collections=catalog",
            "distri.node.identity.dir=" + directory.resolve("id"),
            "distri.node.cluster.secret-file=" + directory.resolve("secret"))) {
      refuses(node, "AddDocument", "{\"UUID\":\"b\"}");
      refuses(node, "UpdateDocument", "{\"UUID\":\"a\"}");
      refuses(node, "DeleteDocument", "{\"UUID\":\"a\"}");
      assertThat(node.read("catalog").toString()).isEqualTo("[{\"UUID\":\"a\",\"n\":1}]");
    }
  }

  private static void refuses(TestNode node, String service, String document)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> refused = node.call(service + "?param=catalog", document);

    assertThat(refused.statusCode()).as(service).isEqualTo(503);
    assertThat(refused.headers().firstValue(Headers.EXECUTED)).contains(Headers.EXECUTED_NO);
    assertThat(TestNode.text(refused)).contains("ahead of its clock");
  }

  private void writeUnderAClockAheadBy(Duration lead) throws IOException {
    try (DataDirectory data = DataDirectory.open(directory.resolve("db"))) {
      HlcClock clock = new HlcClock(() -> System.currentTimeMillis() + lead.toMillis());
      Replica replica =
          data.read(journal -> new Replica(1, clock, () -> "unused", List.of("catalog"), journal));
      Document document = Document.parse("{\"UUID\":\"a\",\"n\":1}".getBytes(UTF_8));
      assertThat(replica.add("catalog", document, null)).isInstanceOf(Written.class);
    }
  }
}
