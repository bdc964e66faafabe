package io.distri.cli.backup;

import io.distri.node.backup.BackupPage;
import io.distri.node.db.DocumentBody;
import io.distri.node.db.json.InvalidInputException;
import io.distri.node.db.json.StrictJson;
import io.distri.protocol.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of an export: {@code {"collection":…}} for a collection, with {@code "document"} and,
 * where nodes wrote at the same time, {@code "conflicts"} for a document in it.
 */
final class JsonLine {
  private static final String COLLECTION = "collection";
  private static final String DOCUMENT = "document";
  private static final String CONFLICTS = "conflicts";
  private static final Set<String> MEMBERS = Set.of(COLLECTION, DOCUMENT, CONFLICTS);
  private static final int LAST_ASCII = 0x7E;

  /** The line, and the list of conflicts in it. */
  private static final int AROUND = 2;

  private JsonLine() {}

  static String of(BackupPage.Collection collection) {
    return JsonNodeFactory.instance.objectNode().put(COLLECTION, collection.name()).toString();
  }

  /** The documents stand in it as they are stored. */
  static String of(BackupPage.Document document) {
    List<String> versions =
        document.versions().stream()
            .map(body -> new String(body.toBytes(), StandardCharsets.UTF_8))
            .toList();
    String others = String.join(",", versions.subList(1, versions.size()));
    return "{\"%s\":\"%s\",\"%s\":%s%s}"
        .formatted(
            COLLECTION,
            document.collection(),
            DOCUMENT,
            versions.getFirst(),
            others.isEmpty() ? "" : ",\"%s\":[%s]".formatted(CONFLICTS, others));
  }

  /** The same JSON without characters beyond ASCII: such stand only within strings. */
  static String ascii(String json) {
    StringBuilder ascii = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      ascii.append(c <= LAST_ASCII ? String.valueOf(c) : "\\u" + HexFormat.of().toHexDigits(c));
    }
    return ascii.toString();
  }

  /**
   * Reads a line: a page with one collection or one document.
   *
   * @throws InvalidInputException where it is none
   */
  static BackupPage parse(byte[] line) {
    BackupPage page = page(line);
    page.check();
    return page;
  }

  private static BackupPage page(byte[] line) {
    if (!(StrictJson.stored(line, AROUND) instanceof ObjectNode object)
        || !object.path(COLLECTION).isString()
        || !MEMBERS.containsAll(object.propertyNames())
        || !(object.path(CONFLICTS).isMissingNode() || object.path(CONFLICTS).isArray())) {
      throw malformed("a line is an object such as {\"collection\":\"catalog\",\"document\":{…}}");
    }
    String collection = object.get(COLLECTION).stringValue();
    if (!object.has(DOCUMENT)) {
      return new BackupPage(List.of(new BackupPage.Collection(collection, true)), List.of());
    }
    List<DocumentBody> versions = new ArrayList<>();
    versions.add(body(object.get(DOCUMENT)));
    for (JsonNode conflict : object.path(CONFLICTS)) {
      versions.add(body(conflict));
    }
    return new BackupPage(List.of(), List.of(new BackupPage.Document(collection, versions)));
  }

  private static DocumentBody body(JsonNode json) {
    if (!json.isObject()) {
      throw malformed("a document is a JSON object");
    }
    if (!json.has("UUID")) {
      throw malformed(
          "a document without a 'UUID' would be added again by each import: give it one");
    }
    return DocumentBody.of(StrictJson.write(json));
  }

  private static InvalidInputException malformed(String detail) {
    return new InvalidInputException(ProblemType.MALFORMED_REQUEST, detail);
  }
}
