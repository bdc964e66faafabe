package io.distri.node.db.filter;

import java.util.List;
import java.util.SortedSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

/**
 * What must hold for a document. The static methods leave out what is known without a document, so
 * that a condition that every document satisfies is {@link #EVERYTHING}, however it was written.
 */
sealed interface Condition {
  /** The field that identifies a document within its collection. */
  String UUID = "UUID";

  Condition EVERYTHING = new All(List.of());

  Condition NOTHING = new Any(List.of());

  boolean holds(JsonNode document);

  /** Each part holds; so it does where there is none. */
  static Condition all(List<Condition> parts) {
    List<Condition> open = parts.stream().filter(part -> !part.equals(EVERYTHING)).toList();
    if (open.stream().anyMatch(part -> part.equals(NOTHING) || open.contains(not(part)))) {
      return NOTHING;
    }
    return open.size() == 1 ? open.getFirst() : new All(open);
  }

  /** At least one part holds. */
  static Condition any(List<Condition> parts) {
    return not(all(parts.stream().map(Condition::not).toList()));
  }

  /** The other doesn't hold. */
  static Condition not(Condition other) {
    return switch (other) {
      case All(List<Condition> parts) -> new Any(parts.stream().map(Condition::not).toList());
      case Any(List<Condition> parts) -> new All(parts.stream().map(Condition::not).toList());
      case Not(Field field) -> field;
      case Field field -> new Not(field);
    };
  }

  /** The path leads to a value that passes the test. */
  static Condition field(Path path, ValueTest test) {
    if (test instanceof ValueTest.OneOf(SortedSet<JsonNode> values) && values.isEmpty()) {
      return NOTHING;
    }
    if (path.first().equals(UUID)) {
      // Every document has a UUID: a string that isn't empty, so that nothing lies within it.
      boolean isField = path.steps().size() == 1;
      if (!isField || test.operands().stream().noneMatch(Condition::canBeUuid)) {
        JsonNode value = isField ? StringNode.valueOf("any") : MissingNode.getInstance();
        return test.passes(value) ? EVERYTHING : NOTHING;
      }
    }
    return new Field(path, test);
  }

  private static boolean canBeUuid(JsonNode value) {
    return value.isString() && !value.stringValue().isEmpty();
  }

  /** A conjunction. */
  record All(List<Condition> parts) implements Condition {
    @Override
    public boolean holds(JsonNode document) {
      return parts.stream().allMatch(part -> part.holds(document));
    }
  }

  /** A disjunction. */
  record Any(List<Condition> parts) implements Condition {
    @Override
    public boolean holds(JsonNode document) {
      return parts.stream().anyMatch(part -> part.holds(document));
    }
  }

  /** The field's condition doesn't hold. */
  record Not(Field field) implements Condition {
    @Override
    public boolean holds(JsonNode document) {
      return !field.holds(document);
    }
  }

  /** A test of the values at a path. */
  record Field(Path path, ValueTest test) implements Condition {
    @Override
    public boolean holds(JsonNode document) {
      return path.leadsToAny(document, test);
    }
  }
}
