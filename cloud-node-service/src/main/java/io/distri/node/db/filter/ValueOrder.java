package io.distri.node.db.filter;

import io.distri.node.db.json.JsonOrder;
import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/**
 * The total order that filters compare by, with MongoDB's order of types: null and what is missing,
 * numbers, strings, objects, arrays, booleans.
 *
 * <p>Numbers, strings and booleans compare as in {@link JsonOrder}, arrays element by element. Of
 * two objects the one with fewer members comes first, so that comparing costs no more than the
 * smaller one has members: a filter compares one operand with every element of an array. Stateless.
 */
final class ValueOrder implements Comparator<JsonNode> {
  static final ValueOrder INSTANCE = new ValueOrder();

  private ValueOrder() {}

  /** Whether a range with one of them as its bound may hold for the other. */
  static boolean sameType(JsonNode a, JsonNode b) {
    return rank(a) == rank(b);
  }

  private static int rank(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL, MISSING -> 0;
      case NUMBER -> 1;
      case STRING -> 2;
      case OBJECT -> 3;
      case ARRAY -> 4;
      case BOOLEAN -> 5;
      default -> throw new IllegalArgumentException(value.getNodeType() + " is no JSON");
    };
  }

  @Override
  public int compare(JsonNode a, JsonNode b) {
    int rank = rank(a);
    int byType = Integer.compare(rank, rank(b));
    if (byType != 0 || rank == 0) {
      return byType;
    }
    return switch (a.getNodeType()) {
      case OBJECT -> compareObjects(a, b);
      case ARRAY -> JsonOrder.compareElements(a, b, this);
      default -> JsonOrder.INSTANCE.compare(a, b);
    };
  }

  private int compareObjects(JsonNode a, JsonNode b) {
    int bySize = Integer.compare(a.size(), b.size());
    return bySize != 0 ? bySize : JsonOrder.compareMembers(a, b, this);
  }
}
