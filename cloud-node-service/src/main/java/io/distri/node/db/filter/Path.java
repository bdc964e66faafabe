package io.distri.node.db.filter;

import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The way from a document to values in it.
 *
 * @param names the fields to enter one after the other, at least one
 */
record Path(List<String> names) {

  /** Whether a value at the end passes; an array there stands for itself and for its elements. */
  boolean leadsToAny(JsonNode document, Predicate<JsonNode> test) {
    return walk(document, 0, test);
  }

  boolean isField(String name) {
    return names.size() == 1 && names.getFirst().equals(name);
  }

  private boolean walk(JsonNode here, int depth, Predicate<JsonNode> test) {
    if (depth == names.size()) {
      return test.test(here) || (here.isArray() && here.valueStream().anyMatch(test));
    }
    if (here.isArray()) {
      return here.valueStream().anyMatch(element -> enter(element, depth, test));
    }
    return enter(here, depth, test);
  }

  private boolean enter(JsonNode here, int depth, Predicate<JsonNode> test) {
    JsonNode child = here.isObject() ? here.get(names.get(depth)) : null;
    return child != null && walk(child, depth + 1, test);
  }
}
