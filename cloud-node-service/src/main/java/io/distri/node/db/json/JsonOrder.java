package io.distri.node.db.json;

import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The total order over JSON values: null &lt; false &lt; true &lt; numbers &lt; strings &lt; arrays
 * &lt; objects.
 *
 * <p>Numbers compare by value ({@code 1 = 1.0}), strings by UTF-16 code unit, arrays element by
 * element, objects key by key in sorted order, so that the order of the keys in the text doesn't
 * matter; a proper prefix comes first. Two values are the same content exactly where this order
 * finds them equal. Stateless.
 */
public final class JsonOrder implements Comparator<JsonNode> {
  /** The only instance anyone needs. */
  public static final JsonOrder INSTANCE = new JsonOrder();

  private JsonOrder() {}

  @Override
  public int compare(JsonNode a, JsonNode b) {
    int rank = rank(a);
    int byType = Integer.compare(rank, rank(b));
    if (byType != 0) {
      return byType;
    }
    return switch (a.getNodeType()) {
      case BOOLEAN -> Boolean.compare(a.booleanValue(), b.booleanValue());
      case NUMBER -> compareNumbers(a, b);
      case STRING -> a.stringValue().compareTo(b.stringValue());
      case ARRAY -> compareElements(a, b, this);
      case OBJECT -> compareMembers(a, b, this);
      default -> 0;
    };
  }

  private static int rank(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL -> 0;
      case BOOLEAN -> 1;
      case NUMBER -> 2;
      case STRING -> 3;
      case ARRAY -> 4;
      case OBJECT -> 5;
      default -> throw new IllegalArgumentException(value.getNodeType() + " is no JSON");
    };
  }

  private static int compareNumbers(JsonNode a, JsonNode b) {
    if (a.canConvertToLong()
        && b.canConvertToLong()
        && a.isIntegralNumber()
        && b.isIntegralNumber()) {
      return Long.compare(a.longValue(), b.longValue());
    }
    return WrittenNumber.valueOf(a).compareTo(WrittenNumber.valueOf(b));
  }

  /** Compares two arrays element by element, in an order of their values. */
  public static int compareElements(JsonNode a, JsonNode b, Comparator<JsonNode> values) {
    Iterator<JsonNode> left = a.iterator();
    Iterator<JsonNode> right = b.iterator();
    while (left.hasNext() && right.hasNext()) {
      int element = values.compare(left.next(), right.next());
      if (element != 0) {
        return element;
      }
    }
    return Boolean.compare(left.hasNext(), right.hasNext());
  }

  /** Compares two objects member by member, by sorted key and then in an order of their values. */
  public static int compareMembers(JsonNode a, JsonNode b, Comparator<JsonNode> values) {
    Iterator<Map.Entry<String, JsonNode>> left = sorted(a);
    Iterator<Map.Entry<String, JsonNode>> right = sorted(b);
    while (left.hasNext() && right.hasNext()) {
      Map.Entry<String, JsonNode> one = left.next();
      Map.Entry<String, JsonNode> other = right.next();
      int key = one.getKey().compareTo(other.getKey());
      int member = key != 0 ? key : values.compare(one.getValue(), other.getValue());
      if (member != 0) {
        return member;
      }
    }
    return Boolean.compare(left.hasNext(), right.hasNext());
  }

  private static Iterator<Map.Entry<String, JsonNode>> sorted(JsonNode object) {
    Map<String, JsonNode> members = new TreeMap<>();
    object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    return members.entrySet().iterator();
  }
}
