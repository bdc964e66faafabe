package io.distri.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.Cli.Result;
import io.distri.cli.local.FreePorts;
import io.distri.cli.local.Home;
import io.distri.cli.local.LocalCluster;
import io.distri.cli.local.NodeEndpoint;
import io.distri.node.backup.BackupHead;
import io.distri.node.backup.BackupPage;
import io.distri.node.db.DocumentBody;
import io.distri.node.security.InternalWire;
import io.distri.protocol.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents of one cluster, taken out and brought into another one. */
@Tag("processes")
class BackupCommandsTest {
  private static final int DOCUMENT_BYTES = 256 * 1024;

  @TempDir static Path homes;
  private static LocalCluster old;
  private static LocalCluster fresh;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws IOException {
    old = LocalCluster.start(new Home(homes.resolve("old")), FreePorts.anywhere(1));
    fresh = LocalCluster.start(new Home(homes.resolve("new")), FreePorts.anywhere(1));
    NodeEndpoint node = old.endpoints().get(0);
    call(node, "CreateCollection", "", "films");
    call(node, "AddDocument", "films", "{\"UUID\":\"ü\",\"n\":1.50,\"text\":\"grün\"}");
    for (int i = 0; i < 1200; i++) {
      call(node, "AddDocument", "catalog", "{\"UUID\":\"d%04d\",\"n\":%d}".formatted(i, i));
    }
  }

  @AfterAll
  static void stop() {
    old.close();
    fresh.close();
  }

  @AfterEach
  void empty() throws IOException {
    for (String collection : List.of("catalog", "films")) {
      if (exported().stream().anyMatch(line -> line.contains("\"" + collection + "\""))) {
        call(fresh.endpoints().get(0), "DeleteCollection", collection, "");
      }
    }
  }

  @Test
  void a_restored_cluster_exports_what_the_old_one_does() throws Exception {
    Path file = backup();
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);

    Result restored = in(fresh, "restore", file.toString());
    assertThat(restored.code()).as(restored.err()).isZero();
    assertThat(restored.out()).contains("Added 1,201");
    Result exported = in(old, "export");
    assertThat(exported.out())
        .contains("{\"collection\":\"users\"}")
        .contains("{\"UUID\":\"\\u00fc\",\"n\":1.50,\"text\":\"gr\\u00fcn\"}");
    assertThat(exported()).containsExactlyInAnyOrderElementsOf(exported.out().lines().toList());

    Result again = in(fresh, "restore", file.toString());
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("1,201 documents already", "--into-existing").hasLineCount(1);
    Result explicit = in(fresh, "restore", "--into-existing", file.toString());
    assertThat(explicit.code()).as(explicit.err()).isZero();
    assertThat(explicit.out()).contains("Added 0", "the same already: 1,201");
  }

  @Test
  void lines_that_are_exported_can_be_imported() throws Exception {
    Path lines = directory.resolve("lines");
    Result exported = in(old, "export", "--collection", "catalog", "--out", lines.toString());
    assertThat(exported.out()).contains("1,200 documents");

    Result dry = in(fresh, "import", "--dry-run", lines.toString());
    assertThat(dry.code()).as(dry.err()).isZero();
    assertThat(dry.out()).contains("Would add 1,200");
    assertThat(held()).isZero();
    Result imported = in(fresh, "import", lines.toString());
    assertThat(imported.out()).contains("Added 1,200");
    assertThat(held()).isEqualTo(1200);
  }

  /** What is at a limit of the door when it comes in, and all that programs like to respell. */
  private static List<String> oddDocuments() {
    String numbers = "[" + "1e5,".repeat(65_300);
    return List.of(
        "{\"v\":" + "1".repeat(998) + "e9}",
        "{\"v\":[1e5,1E5,1e+05,1.0,-0,0e0,1e9999,-1e-9999,9223372036854775808]}",
        "{\"v\":" + "[".repeat(63) + "]".repeat(63) + "}",
        "{\"v\":" + numbers + "1".repeat(DOCUMENT_BYTES - numbers.length() - 7) + "]}",
        "{\"v\":\"" + "é".repeat((DOCUMENT_BYTES - 8) / 2) + "\"}",
        "{\"v\":\"\\uD800 \uD83D\uDE00 \\u0000\u007f\u2028\"}",
        "{\"" + "名".repeat(16_384) + "\":1}");
  }

  @Test
  void every_document_that_a_node_takes_goes_out_and_in_again_byte_for_byte() throws Exception {
    NodeEndpoint node = old.endpoints().get(0);
    call(node, "CreateCollection", "", "odd");
    try {
      List<String> stored = new ArrayList<>();
      for (String document : oddDocuments()) {
        String uuid = call(node, "AddDocument", "odd", document);
        stored.add("{\"UUID\":\"" + uuid + "\"," + document.substring(1));
        assertThat(read(node, "{\"UUID\":\"" + uuid + "\"}"))
            .isEqualTo("[" + stored.getLast() + "]");
        // It can be written back as it was read, and filters get past it.
        assertThat(call(node, "UpdateDocument", "odd", stored.getLast())).isEqualTo(uuid);
        assertThat(read(node, "{\"none\":{\"$gt\":1}}")).isEqualTo("[]");
      }
      Collections.sort(stored);
      String all = "[" + String.join(",", stored) + "]";

      Path lines = directory.resolve("lines");
      in(old, "export", "--collection", "odd", "--out", lines.toString());
      assertTaken(all, "import", lines);
      Path ascii = directory.resolve("ascii");
      Files.writeString(ascii, in(old, "export", "--collection", "odd").out());
      assertTaken(all, "import", ascii);
      Path backup = directory.resolve("backup");
      in(old, "backup", backup.toString());
      assertTaken(all, "restore", backup);
    } finally {
      call(node, "DeleteCollection", "odd", "");
    }
  }

  private static void assertTaken(String all, String command, Path file) throws IOException {
    NodeEndpoint node = fresh.endpoints().get(0);
    Result taken = in(fresh, command, file.toString());
    assertThat(taken.code()).as(taken.err()).isZero();
    assertThat(read(node, "")).isEqualTo(all);
    call(node, "DeleteCollection", "odd", "");
  }

  private static String read(NodeEndpoint node, String filter) throws IOException {
    return call(node, "ReadCollection", "odd", filter);
  }

  @Test
  void of_a_backup_with_a_document_that_the_node_cannot_take_nothing_is_taken() throws Exception {
    Path file = directory.resolve("backup");
    write(file, page("{\"UUID\":\"a\"}"), page("{\"UUID\":\"b\",\"_version\":1}"));
    assertRefused("_version", "restore", file);
    write(file, page("{\"UUID\":\"a\"}"), page("{\"UUID\":\"b\"}"));
    assertThat(in(fresh, "restore", file.toString()).out()).contains("Added 2");
  }

  private static BackupPage page(String document) {
    DocumentBody body = DocumentBody.of(document.getBytes(StandardCharsets.UTF_8));
    return new BackupPage(List.of(), List.of(new BackupPage.Document("films", List.of(body))));
  }

  /** As a node writes one. */
  private static void write(Path file, BackupPage... pages) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(0x4449_5354_5249_4201L);
    List<Object> frames = new ArrayList<>(List.of(new BackupHead("", "", 0, 2, true)));
    frames.addAll(List.of(pages));
    for (Object frame : frames) {
      byte[] payload = new InternalWire().write(frame);
      out.writeInt(payload.length);
      out.write(payload);
    }
    out.writeInt(0);
    out.write(Sha256.of(bytes.toByteArray()));
    Files.write(file, bytes.toByteArray());
  }

  @Test
  void conflicts_are_listed_and_left_unless_they_are_to_be_replaced() throws Exception {
    Path lines = directory.resolve("lines");
    Files.writeString(lines, "{\"collection\":\"films\",\"document\":{\"UUID\":\"a\",\"n\":1}}\n");
    assertThat(in(fresh, "import", lines.toString()).code()).isZero();
    Files.writeString(
        lines,
        """
        {"collection":"films","document":{"UUID":"a","n":2}}

        {"collection":"films","document":{"UUID":"b"}}
        """);

    for (String dry : new String[] {"--dry-run", "--no-dry-run"}) {
      String[] line =
          Stream.of("import", dry, lines.toString())
              .filter(word -> !word.equals("--no-dry-run"))
              .toArray(String[]::new);
      Result kept = in(fresh, line);
      assertThat(kept.code()).isEqualTo(1);
      assertThat(kept.out()).containsPattern("[Aa]dd(ed)? 1,").contains("conflicts: 1");
      assertThat(kept.err()).contains("films/a", "--replace");
      assertThat(exported()).anyMatch(each -> each.contains("\"n\":1"));
    }
    Result replaced = in(fresh, "import", "--replace", lines.toString());
    assertThat(replaced.code()).as(replaced.err()).isZero();
    assertThat(replaced.out()).contains("changed 1", "the same already: 1");
    assertThat(exported()).anyMatch(each -> each.contains("\"n\":2"));
  }

  @Test
  void a_damaged_file_changes_nothing() throws Exception {
    byte[] backup = Files.readAllBytes(backup());
    Path cut = directory.resolve("cut");
    Files.write(cut, Arrays.copyOf(backup, backup.length - 1));
    assertRefused("cut off", "restore", cut);
    Path changed = directory.resolve("changed");
    backup[backup.length / 2] ^= 1;
    Files.write(changed, backup);
    assertRefused("damaged", "restore", changed);
    Path other = directory.resolve("other");
    String good = "{\"collection\":\"catalog\",\"document\":{\"UUID\":\"a\"}}\n";
    Files.writeString(other, good);
    assertRefused("no backup", "restore", other);
    for (String bad :
        new String[] {
          "{\"collection\":\"catalog\",\"document\":{\"UU",
          "{\"collection\":\"catalog\",\"document\":{\"n\":1}}",
          "{\"collection\":\"a b\",\"document\":{\"UUID\":\"x\"}}",
          "[]",
          "{\"collection\":\"catalog\",\"document\":[]}",
          "{\"collection\":\"catalog\",\"docment\":{\"UUID\":\"b\"}}",
          "{\"collection\":\"catalog\",\"document\":{\"UUID\":\"b\"},\"conflicts\":{}}",
          "{\"collection\":\"catalog\",\"document\":{\"UUID\":\"b\",\"_version\":1}}",
          "{\"collection\":\"catalog\",\"document\":{\"UUID\":\"b\"},\"conflicts\":[{\"UUID\":\"c\"}]}",
          "{\"collection\":\"catalog\",\"document\":{\"UUID\":\"b\",\"n\":1,\"n\":1}}",
          "{\"collection\":\"catalog\",\"document\":{\"UUID\":\"b\",\"n\":%s%s}}"
              .formatted("[".repeat(64), "]".repeat(64)),
          "{\"collection\":\"catalog\",\"document\":{\"UUID\":\"b\",\"n\":\"%s\"}}"
              .formatted("x".repeat(4 * DOCUMENT_BYTES)),
          good
        }) {
      Files.writeString(other, good + bad);
      assertRefused("line 2: ", "import", other);
    }
    assertRefused("there is no", "restore", directory.resolve("missing"));
  }

  @Test
  void without_the_operators_key_there_is_no_backup_and_no_file() throws Exception {
    Path file = directory.resolve("stolen");
    Result refused =
        new Cli(directory.resolve("stranger"))
            .run("backup", file.toString(), "--ips", old.addresses().get(0).toString());
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("whitelist.operators").hasLineCount(1);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("stranger");
    }
  }

  @Test
  void an_existing_file_is_left_alone() throws Exception {
    Path file = backup();
    Result second = in(old, "backup", file.toString());
    assertThat(second.code()).isEqualTo(1);
    assertThat(second.err()).contains("exists, and is left as it is");
  }

  private void assertRefused(String why, String command, Path file) throws IOException {
    Result refused = in(fresh, command, file.toString());
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains(why).hasLineCount(1).doesNotContain("Exception");
    assertThat(held()).isZero();
  }

  private Path backup() {
    Path file = directory.resolve("backup");
    Result written = in(old, "backup", file.toString());
    assertThat(written.code()).as(written.err()).isZero();
    assertThat(written.out()).contains("1,201 documents");
    return file;
  }

  private static List<String> exported() {
    Result exported = in(fresh, "export");
    assertThat(exported.code()).as(exported.err()).isZero();
    return exported.out().lines().toList();
  }

  private static long held() {
    return exported().stream().filter(line -> line.contains("\"document\"")).count();
  }

  private static Result in(LocalCluster cluster, String... words) {
    Path home = homes.resolve(cluster == old ? "old" : "new");
    String node = cluster.addresses().get(0).toString();
    return new Cli(home)
        .run(Stream.concat(Arrays.stream(words), Stream.of("--ips", node)).toArray(String[]::new));
  }

  private static String call(NodeEndpoint node, String service, String param, String body)
      throws IOException {
    return new String(
        node.call(service, param, body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }
}
