package io.distri.node.db.filter;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What must hold for a document. */
sealed interface Condition {
  /** The field that identifies a document within its collection. */
  String UUID = "UUID";

  boolean holds(JsonNode document);

  /** The UUID, where the condition is that the UUID is this one and nothing else. */
  default Optional<String> exactUuid() {
    return Optional.empty();
  }

  /** Each part holds; so it does where there is none. */
  record All(List<Condition> parts) implements Condition {
    @Override
    public boolean holds(JsonNode document) {
      return parts.stream().allMatch(part -> part.holds(document));
    }

    @Override
    public Optional<String> exactUuid() {
      return parts.size() == 1 ? parts.getFirst().exactUuid() : Optional.empty();
    }
  }

  /** At least one part holds. */
  record Any(List<Condition> parts) implements Condition {
    @Override
    public boolean holds(JsonNode document) {
      return parts.stream().anyMatch(part -> part.holds(document));
    }
  }

  /** The other doesn't hold. */
  record Not(Condition other) implements Condition {
    @Override
    public boolean holds(JsonNode document) {
      return !other.holds(document);
    }
  }

  /** The path leads somewhere. */
  record Exists(Path path) implements Condition {
    @Override
    public boolean holds(JsonNode document) {
      return path.leadsToAny(document, value -> true);
    }
  }

  /** The path leads to a value that passes the test. */
  record Field(Path path, ValueTest test) implements Condition {
    @Override
    public boolean holds(JsonNode document) {
      return path.leadsToAny(document, test::passes);
    }

    @Override
    public Optional<String> exactUuid() {
      return path.isField(UUID)
              && test instanceof ValueTest.EqualTo equal
              && equal.value().isString()
          ? Optional.of(equal.value().stringValue())
          : Optional.empty();
    }
  }
}
