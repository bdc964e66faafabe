package io.distri.node.backup;

import static io.distri.node.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.TestNode;
import io.distri.node.backup.Incoming.Existing;
import io.distri.node.db.DocumentBody;
import io.distri.node.db.Quota;
import io.distri.node.security.InternalClient;
import io.distri.node.security.InternalWire;
import io.distri.protocol.identity.Identity;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Backups of real nodes, and documents that operators bring. */
class BackupTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir static Path directory;
  private final InternalWire wire = new InternalWire();
  private static final Identity OPERATOR = Identity.generate();
  private static List<TestNode> nodes;

  @BeforeAll
  static void start() throws Exception {
    nodes = cluster("first");
  }

  @AfterAll
  static void stop() {
    nodes.forEach(TestNode::close);
  }

  private static List<TestNode> cluster(String name) throws Exception {
    return TestNode.cluster(
        2,
        Files.createDirectory(directory.resolve(name)),
        "distri.node.whitelist.operators=" + OPERATOR.id());
  }

  @Test
  void a_backup_under_writes_is_one_moment_and_has_all_that_was_acknowledged_before()
      throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger acknowledged = new AtomicInteger();
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              for (int n = 1; !stop.get(); n++) {
                update(n % 2, "first", n);
                update(n % 2, "second", n);
                acknowledged.set(n);
              }
            });
    try {
      for (int backup = 0; backup < 5; backup++) {
        int goal = acknowledged.get() + 20;
        await().until(() -> acknowledged.get() >= goal);
        int before = acknowledged.get();
        Map<String, JsonNode> found = backup(nodes.get(0));
        int first = found.get("catalog/first").get("n").asInt();
        int second = found.get("catalog/second").get("n").asInt();
        assertThat(second).isGreaterThanOrEqualTo(before);
        assertThat(first - second).isBetween(0, 1);
      }
    } finally {
      stop.set(true);
      writer.join();
    }
  }

  private void update(int node, String uuid, int n) {
    try {
      assertThat(
              nodes
                  .get(node)
                  .call(
                      "UpdateDocument?param=catalog",
                      "{\"UUID\":\"%s\",\"n\":%d}".formatted(uuid, n))
                  .statusCode())
          .isEqualTo(200);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_backup_restored_into_a_new_cluster_is_equal_on_every_node() throws Exception {
    nodes.get(0).call("CreateCollection", "films");
    nodes.get(0).call("CreateCollection", "empty");
    nodes.get(0).call("DeleteCollection?param=users", "");
    nodes.get(0).call("AddDocument?param=films", "{\"UUID\":\"a\",\"n\":1.50,\"t\":\"ü\"}");
    nodes.get(0).call("AddDocument?param=films", "{\"UUID\":\"gone\"}");
    nodes.get(0).call("DeleteDocument?param=films", "{\"UUID\":\"gone\"}");
    bring(
        nodes.get(0),
        page(
            document(
                "pairs",
                "{\"UUID\":\"b\",\"n\":1}",
                "{\"UUID\":\"b\",\"n\":2}",
                "{\"UUID\":\"b\",\"n\":3}")),
        Existing.KEEP);
    List<BackupPage> backup = pages(nodes.get(0));

    List<TestNode> others = cluster("second");
    try {
      for (BackupPage page : backup) {
        assertThat(bring(others.get(1), page, Existing.KEEP).conflicts()).isEmpty();
      }
      for (TestNode other : others) {
        await()
            .untilAsserted(() -> {
              for (String collection : List.of("films", "empty", "pairs")) {
                assertThat(withConflicts(other, collection))
                    .isEqualTo(withConflicts(nodes.get(0), collection));
              }
              assertThat(other.call("ReadCollection?param=users", "").statusCode()).isEqualTo(404);
            });
      }
      assertThat(withConflicts(others.get(0), "pairs"))
          .isEqualTo(
              "[{\"UUID\":\"b\",\"n\":1,\"_conflicts\":[{\"UUID\":\"b\",\"n\":2},{\"UUID\":\"b\",\"n\":3}]}]");
    } finally {
      others.forEach(TestNode::close);
    }
  }

  @Test
  void a_page_that_is_brought_again_changes_nothing() throws Exception {
    BackupPage page =
        page(document("again", "{\"UUID\":\"a\",\"n\":1}", "{\"UUID\":\"a\",\"n\":0}"));
    assertThat(bring(nodes.get(0), page, Existing.KEEP).added()).isEqualTo(1);
    String before = withConflicts(nodes.get(0), "again");

    assertThat(bring(nodes.get(0), page, Existing.REPLACE).same()).isEqualTo(1);
    assertThat(withConflicts(nodes.get(0), "again")).isEqualTo(before);
  }

  @Test
  void a_document_with_other_content_stays_unless_it_is_to_be_replaced() throws Exception {
    bring(nodes.get(0), page(document("kept", "{\"UUID\":\"a\",\"n\":1}")), Existing.KEEP);
    BackupPage page =
        page(document("kept", "{\"UUID\":\"a\",\"n\":2}"), document("new", "{\"UUID\":\"b\"}"));

    Taken dry = order(OPERATOR, nodes.get(0), new Incoming(page, Existing.KEEP, true));
    assertThat(dry).isEqualTo(new Taken(1, 0, 0, List.of("kept/a"), dry.held()));
    assertThat(nodes.get(0).call("ReadCollection?param=new", "").statusCode()).isEqualTo(404);
    assertThat(bring(nodes.get(0), page, Existing.KEEP)).isEqualTo(dry);
    assertThat(withConflicts(nodes.get(0), "kept")).contains("\"n\":1");

    assertThat(bring(nodes.get(0), page, Existing.REPLACE))
        .isEqualTo(new Taken(0, 1, 1, List.of(), dry.held() + 1));
    assertThat(withConflicts(nodes.get(0), "kept")).contains("\"n\":2");
  }

  @Test
  void what_version_0_1_stored_is_taken_found_and_backed_up_as_it_is() throws Exception {
    // It wrote numbers anew, so that some grew over its own limits, and it could not read them.
    String long1000 = "1." + "1".repeat(997) + "E+1006";
    String body = "{\"UUID\":\"a\",\"l\":%s,\"n\":[1E+5,1.0E+2147483648]}".formatted(long1000);
    BackupPage page = page(document("old", body), document("old", "{\"UUID\":\"b\",\"n\":7}"));
    assertThat(bring(nodes.get(0), page, Existing.KEEP).added()).isEqualTo(2);

    for (String filter :
        List.of("{\"n\":1e5}", "{\"l\":{\"$gt\":1e1005}}", "{\"n\":{\"$gt\":7}}")) {
      assertThat(TestNode.text(nodes.get(0).call("ReadCollection?param=old", filter)))
          .isEqualTo("[" + body + "]");
    }
    assertThat(pages(nodes.get(0)).stream().flatMap(each -> each.documents().stream()))
        .contains(page.documents().getFirst());
    assertThat(bring(nodes.get(0), page, Existing.KEEP).same()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          films | {"UUID":"b","n":}
          films | {"UUID":"b","n":1,"n":1}
          films | {"n":1}
          films | {"UUID":7}
          films | {"UUID":"b","_version":"1"}
          films | {"UUID":"b"}}
          a b   | {"UUID":"b"}
          """)
  void of_a_page_with_something_that_cannot_be_taken_nothing_is(String collection, String body)
      throws Exception {
    BackupPage.Document good = document("untouched", "{\"UUID\":\"a\"}");
    for (BackupPage.Document bad :
        List.of(document(collection, body), document(collection, "{\"UUID\":\"b\"}", body))) {
      for (boolean dryRun : new boolean[] {true, false}) {
        InternalClient.Answer answer =
            answer(OPERATOR, nodes.get(0), new Incoming(page(good, bad), Existing.KEEP, dryRun));
        assertThat(answer.status())
            .as(new String(answer.body(), StandardCharsets.UTF_8))
            .isEqualTo(400);
      }
    }
    assertThat(nodes.get(0).call("ReadCollection?param=untouched", "").statusCode()).isEqualTo(404);
  }

  @Test
  void a_dry_run_finds_out_whether_there_is_room_for_all_pages() throws Exception {
    BackupPage page =
        page(document("roomy", "{\"UUID\":\"a\"}"), document("roomy", "{\"UUID\":\"b\"}"));
    Incoming first = new Incoming(page, Existing.KEEP, true, 0L);
    long needed = Objects.requireNonNull(order(OPERATOR, nodes.get(0), first).needed());
    assertThat(needed).isEqualTo(2 * (12 + Quota.BOOKKEEPING_BYTES) + Quota.COLLECTION_BYTES);
    Incoming next = new Incoming(page, Existing.KEEP, true, needed);
    assertThat(order(OPERATOR, nodes.get(0), next).needed()).isEqualTo(2 * needed);

    Incoming last = new Incoming(page, Existing.KEEP, true, Long.MAX_VALUE / 2);
    assertThat(answer(OPERATOR, nodes.get(0), last).status()).isEqualTo(507);
    bring(nodes.get(0), page, Existing.KEEP);
    assertThat(order(OPERATOR, nodes.get(0), first).needed()).isZero();
  }

  @Test
  void only_an_operator_gets_a_backup_or_brings_documents() throws Exception {
    Identity node =
        Identity.loadOrCreate(
            directory.resolve("first").resolve("id-" + nodes.get(1).address().port()));
    for (Identity other : List.of(node, Identity.generate())) {
      for (String path : List.of(BackupPaths.BACKUP, BackupPaths.RESTORE)) {
        try (InternalClient client = TestNode.internalClient(other)) {
          assertThat(
                  client
                      .post(nodes.get(0).address().internal(), path, new byte[0], PATIENCE)
                      .status())
              .isEqualTo(403);
        }
      }
    }
  }

  @Test
  void pages_that_are_none_are_refused() throws Exception {
    try (InternalClient client = TestNode.internalClient(OPERATOR)) {
      assertThat(
              client
                  .post(
                      nodes.get(0).address().internal(),
                      BackupPaths.RESTORE,
                      new byte[] {1, 2},
                      PATIENCE)
                  .status())
          .isEqualTo(400);
      Incoming nameless =
          new Incoming(page(document("catalog", "{\"n\":1}")), Existing.KEEP, false);
      assertThat(
              client
                  .post(
                      nodes.get(0).address().internal(),
                      BackupPaths.RESTORE,
                      wire.write(nameless),
                      PATIENCE)
                  .status())
          .isEqualTo(400);
      Incoming misnamed =
          new Incoming(page(document("a b", "{\"UUID\":\"x\"}")), Existing.KEEP, false);
      assertThat(
              client
                  .post(
                      nodes.get(0).address().internal(),
                      BackupPaths.RESTORE,
                      wire.write(misnamed),
                      PATIENCE)
                  .status())
          .isEqualTo(400);
    }
  }

  private Taken bring(TestNode node, BackupPage page, Existing existing) throws Exception {
    return order(OPERATOR, node, new Incoming(page, existing, false));
  }

  private Taken order(Identity caller, TestNode node, Incoming incoming) throws Exception {
    InternalClient.Answer answer = answer(caller, node, incoming);
    assertThat(answer.status())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return wire.read(answer.body(), Taken.class);
  }

  private InternalClient.Answer answer(Identity caller, TestNode node, Incoming incoming)
      throws Exception {
    try (InternalClient client = TestNode.internalClient(caller)) {
      return client.post(
          node.address().internal(), BackupPaths.RESTORE, wire.write(incoming), PATIENCE);
    }
  }

  private List<BackupPage> pages(TestNode node) throws Exception {
    List<BackupPage> pages = new ArrayList<>();
    try (InternalClient client = TestNode.internalClient(OPERATOR);
        InputStream in =
            client
                .open(node.address().internal(), BackupPaths.BACKUP, new byte[0], PATIENCE)
                .body()) {
      BackupReader reader = new BackupReader(in);
      for (BackupPage page = reader.next(); page != null; page = reader.next()) {
        pages.add(page);
      }
    }
    return pages;
  }

  private Map<String, JsonNode> backup(TestNode node) throws Exception {
    Map<String, JsonNode> found = new HashMap<>();
    for (BackupPage page : pages(node)) {
      for (BackupPage.Document document : page.documents()) {
        JsonNode body = document.versions().getFirst().tree();
        found.put(document.collection() + "/" + body.get("UUID").asString(), body);
      }
    }
    return found;
  }

  private static String withConflicts(TestNode node, String collection) throws Exception {
    return TestNode.text(node.call("ReadCollection?conflicts=true&param=" + collection, ""));
  }

  private static BackupPage page(BackupPage.Document... documents) {
    return new BackupPage(List.of(), List.of(documents));
  }

  private static BackupPage.Document document(String collection, String... versions) {
    return new BackupPage.Document(
        collection,
        Arrays.stream(versions)
            .map(json -> DocumentBody.of(json.getBytes(StandardCharsets.UTF_8)))
            .toList());
  }
}
