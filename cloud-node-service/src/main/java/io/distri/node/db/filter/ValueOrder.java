package io.distri.node.db.filter;

import io.distri.node.db.json.JsonOrder;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
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
      case ARRAY -> compareArrays(a, b);
      default -> JsonOrder.INSTANCE.compare(a, b);
    };
  }

  private int compareArrays(JsonNode a, JsonNode b) {
    Iterator<JsonNode> left = a.iterator();
    Iterator<JsonNode> right = b.iterator();
    while (left.hasNext() && right.hasNext()) {
      int element = compare(left.next(), right.next());
      if (element != 0) {
        return element;
      }
    }
    return Boolean.compare(left.hasNext(), right.hasNext());
  }

  private int compareObjects(JsonNode a, JsonNode b) {
    int bySize = Integer.compare(a.size(), b.size());
    if (bySize != 0) {
      return bySize;
    }
    Iterator<Map.Entry<String, JsonNode>> left = sorted(a);
    Iterator<Map.Entry<String, JsonNode>> right = sorted(b);
    while (left.hasNext()) {
      Map.Entry<String, JsonNode> one = left.next();
      Map.Entry<String, JsonNode> other = right.next();
      int byName = one.getKey().compareTo(other.getKey());
      int member = byName != 0 ? byName : compare(one.getValue(), other.getValue());
      if (member != 0) {
        return member;
      }
    }
    return 0;
  }

  private static Iterator<Map.Entry<String, JsonNode>> sorted(JsonNode object) {
    Map<String, JsonNode> members = new TreeMap<>();
    object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    return members.entrySet().iterator();
  }
}
