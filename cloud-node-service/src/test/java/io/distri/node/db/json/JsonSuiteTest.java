package io.distri.node.db.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.distri.node.TestNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of JSONTestSuite (github.com/nst/JSONTestSuite, {@code test_parsing}) against a real
 * node: as a document, as the value of a member, as a filter. {@code -Dsuites=DIR} says where the
 * suites lie, these in {@code DIR/json}.
 */
class JsonSuiteTest {
  private static final Path SUITE = Path.of(System.getProperty("suites", "")).resolve("json");

  private static TestNode node;

  @BeforeAll
  static void start() {
    assumeTrue(Files.isDirectory(SUITE), "-Dsuites names no folder with JSONTestSuite in json/");
    node = TestNode.alone();
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
    }
  }

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(SUITE)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void each_file_is_kept_as_it_is_or_refused(Path file) throws Exception {
    String name = file.getFileName().toString();
    byte[] json = Files.readAllBytes(file);
    byte[] member = wrapped("{\"v\":", json, "}");

    HttpResponse<byte[]> asMember = check(name, member);
    if (name.startsWith("y_") && !name.startsWith("y_object_duplicated_key")) {
      assertThat(asMember.statusCode()).as(TestNode.text(asMember)).isEqualTo(200);
    }
    HttpResponse<byte[]> asDocument = check(name, json);
    boolean isObject =
        asMember.statusCode() == 200 && tokens(json).getFirst().startsWith("START_O");
    assertThat(asDocument.statusCode()).isEqualTo(isObject ? 200 : 400);
    if (json.length > 0) {
      if (json.length < 60_000) {
        assertThat(node.call("ReadCollection?param=catalog", member).statusCode())
            .isEqualTo(asMember.statusCode());
      }
      assertThat(node.call("ReadCollection?param=catalog", json).statusCode()).isIn(200, 400, 413);
    }
  }

  /** Adds a document, and reads it back where it is taken. */
  private static HttpResponse<byte[]> check(String name, byte[] document) throws Exception {
    HttpResponse<byte[]> added = node.call("AddDocument?param=catalog", document);
    assertThat(added.statusCode()).isIn(200, 400);
    if (added.statusCode() == 200) {
      assertThat(name).doesNotStartWith("n_");
      String uuid = TestNode.text(added);
      byte[] read = node.call("ReadCollection?param=catalog", "{\"UUID\":\"" + uuid + "\"}").body();
      List<String> found = tokens(read);
      List<String> given = tokens(document);
      assertThat(found).startsWith("START_ARRAY [", "START_OBJECT {", "PROPERTY_NAME UUID");
      assertThat(found.subList(4, found.size() - 1)).isEqualTo(given.subList(1, given.size()));
    }
    return added;
  }

  private static List<String> tokens(byte[] json) {
    List<String> tokens = new ArrayList<>();
    String text = new String(json, StandardCharsets.UTF_8);
    try (JsonParser parser = JsonMapper.shared().createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        tokens.add(token + " " + parser.getString());
      }
    }
    return tokens;
  }

  private static byte[] wrapped(String before, byte[] json, String after) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(before.getBytes(StandardCharsets.UTF_8));
    bytes.write(json);
    bytes.write(after.getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }
}
