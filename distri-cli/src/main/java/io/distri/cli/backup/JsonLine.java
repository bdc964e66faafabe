package io.distri.cli.backup;

import io.distri.node.backup.BackupPage;
import io.distri.node.db.CollectionName;
import io.distri.node.db.Document;
import io.distri.node.db.DocumentBody;
import io.distri.node.db.json.InvalidInputException;
import io.distri.node.db.json.StrictJson;
import io.distri.protocol.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
  private static final int LAST_ASCII = 0x7E;

  private JsonLine() {}

  static String of(BackupPage.Collection collection) {
    return JsonNodeFactory.instance.objectNode().put(COLLECTION, collection.name()).toString();
  }

  static String of(BackupPage.Document document) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put(COLLECTION, document.collection());
    line.set(DOCUMENT, document.versions().getFirst().tree());
    if (document.versions().size() > 1) {
      var conflicts = line.putArray(CONFLICTS);
      document.versions().stream().skip(1).forEach(each -> conflicts.add(each.tree()));
    }
    return new String(StrictJson.write(line), StandardCharsets.UTF_8);
  }

  /** The same JSON without characters beyond ASCII: such stand only within strings. */
  static String ascii(String json) {
    StringBuilder ascii = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      ascii.append(c <= LAST_ASCII ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return ascii.toString();
  }

  /**
   * Reads a line: a page with one collection or one document.
   *
   * @throws InvalidInputException where it is none
   */
  static BackupPage parse(byte[] line) {
    if (!(StrictJson.read(line) instanceof ObjectNode object)
        || !object.path(COLLECTION).isString()) {
      throw malformed("a line is an object such as {\"collection\":\"catalog\",\"document\":{…}}");
    }
    String collection = object.get(COLLECTION).stringValue();
    CollectionName.checked(collection);
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
    byte[] bytes = StrictJson.write(json);
    if (Document.parse(bytes).uuid().isEmpty()) {
      throw malformed(
          "a document without a 'UUID' would be added again by each import: give it one");
    }
    return DocumentBody.of(bytes);
  }

  private static InvalidInputException malformed(String detail) {
    return new InvalidInputException(ProblemType.MALFORMED_REQUEST, detail);
  }
}
