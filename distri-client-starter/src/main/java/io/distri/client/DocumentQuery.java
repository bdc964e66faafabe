package io.distri.client;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which documents of a collection are read, and what comes with them.
 *
 * @param filter JSON as {@code ReadCollection} takes it; empty for every document
 * @param versions whether each document comes with its {@code _version}, for a conditional update
 * @param conflicts whether each document comes with the siblings that concurrent writes left
 */
public record DocumentQuery(String filter, boolean versions, boolean conflicts) {

  /** Every document. */
  public static DocumentQuery all() {
    return new DocumentQuery("", false, false);
  }

  /** The documents that match a filter, such as {@code {"provider":"alice"}}. */
  public static DocumentQuery matching(String filter) {
    return new DocumentQuery(filter, false, false);
  }

  /** The documents that match a filter. */
  public static DocumentQuery matching(JsonNode filter) {
    return matching(filter.toString());
  }

  /**
   * The documents whose field holds that text.
   *
   * @param field a path: names separated by dots, with a backslash before a dot, a backslash or a
   *     leading {@code $} that belongs to a name
   */
  public static DocumentQuery matching(String field, String value) {
    return matching(JsonMapper.shared().valueToTree(Map.of(field, value)));
  }

  public DocumentQuery withVersions() {
    return new DocumentQuery(filter, true, conflicts);
  }

  public DocumentQuery withConflicts() {
    return new DocumentQuery(filter, versions, true);
  }
}
