package io.distri.node.db.filter;

import io.distri.node.db.json.InvalidInputException;
import io.distri.node.db.json.JsonOrder;
import io.distri.protocol.ProblemType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The reading of one filter; counts its conditions on the way. */
final class FilterParser {
  /** How many filters may lie within each other. */
  static final int MAX_DEPTH = 8;

  /** How many conditions a filter may have: each is evaluated for each document of a scan. */
  static final int MAX_CLAUSES = 64;

  /** How many values an {@code $in} may list: a page of UUIDs, found in about ten comparisons. */
  static final int MAX_IN_VALUES = 1000;

  /** Room for {@link #MAX_IN_VALUES} of the longest UUIDs. */
  private static final int MAX_BYTES = 512 * 1024;

  private int clauses;

  static void checkLength(byte[] json) {
    if (json.length > MAX_BYTES) {
      throw new InvalidInputException(
          ProblemType.BODY_TOO_LARGE,
          "a filter has at most " + MAX_BYTES + " bytes, this one " + json.length);
    }
  }

  Condition parse(JsonNode json) {
    return filter(json, 1);
  }

  private Condition filter(JsonNode json, int depth) {
    if (!json.isObject()) {
      throw bad("a filter is a JSON object, such as {\"provider\": \"alice\"}");
    }
    checkDepth(depth);
    List<Condition> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      if (name.startsWith("$")) {
        parts.add(logic(name, value, depth));
      } else {
        parts.add(field(path(name), value, depth));
      }
    }
    return new Condition.All(List.copyOf(parts));
  }

  private Condition logic(String operator, JsonNode value, int depth) {
    countClause();
    return switch (operator) {
      case "$and" -> new Condition.All(filters(operator, value, depth));
      case "$or" -> new Condition.Any(filters(operator, value, depth));
      case "$not" -> new Condition.Not(filter(value, depth + 1));
      default ->
          throw bad(
              "'"
                  + operator
                  + "' is not an operator that stands in place of a field: those are $and, $or,"
                  + " $not");
    };
  }

  private List<Condition> filters(String operator, JsonNode list, int depth) {
    if (!list.isArray() || list.isEmpty()) {
      throw bad(operator + " takes a list of filters, at least one");
    }
    List<Condition> parts = new ArrayList<>();
    for (JsonNode part : list) {
      parts.add(filter(part, depth + 1));
    }
    return List.copyOf(parts);
  }

  private Condition field(Path path, JsonNode value, int depth) {
    if (!isOperators(value)) {
      countClause();
      return new Condition.Field(path, new ValueTest.EqualTo(value));
    }
    checkDepth(depth);
    List<Condition> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      parts.add(operator(path, member.getKey(), member.getValue(), depth));
    }
    return parts.size() == 1 ? parts.getFirst() : new Condition.All(List.copyOf(parts));
  }

  private Condition operator(Path path, String operator, JsonNode operand, int depth) {
    countClause();
    return switch (operator) {
      case "$eq" -> new Condition.Field(path, new ValueTest.EqualTo(operand));
      case "$ne" -> new Condition.Not(new Condition.Field(path, new ValueTest.EqualTo(operand)));
      case "$gt" -> new Condition.Field(path, new ValueTest.Above(operand, false));
      case "$gte" -> new Condition.Field(path, new ValueTest.Above(operand, true));
      case "$lt" -> new Condition.Field(path, new ValueTest.Below(operand, false));
      case "$lte" -> new Condition.Field(path, new ValueTest.Below(operand, true));
      case "$in" -> new Condition.Field(path, new ValueTest.OneOf(values(operand)));
      case "$exists" -> exists(path, operand);
      case "$not" -> {
        if (!isOperators(operand)) {
          throw bad("$not on a field takes an object of operators, such as {\"$gt\": 5}");
        }
        yield new Condition.Not(field(path, operand, depth + 1));
      }
      default ->
          throw bad(
              "'"
                  + operator
                  + "' is not an operator on a field: those are $eq, $ne, $gt, $gte, $lt, $lte,"
                  + " $in, $exists, $not");
    };
  }

  private static Condition exists(Path path, JsonNode operand) {
    if (!operand.isBoolean()) {
      throw bad("$exists takes true or false");
    }
    Condition exists = new Condition.Exists(path);
    return operand.booleanValue() ? exists : new Condition.Not(exists);
  }

  private static SortedSet<JsonNode> values(JsonNode list) {
    if (!list.isArray()) {
      throw bad("$in takes a list of values");
    }
    if (list.size() > MAX_IN_VALUES) {
      throw bad("$in takes at most " + MAX_IN_VALUES + " values, here are " + list.size());
    }
    SortedSet<JsonNode> values = new TreeSet<>(JsonOrder.INSTANCE);
    values.addAll(list.values());
    return Collections.unmodifiableSortedSet(values);
  }

  /** An object is one of operators where a key starts with {@code $}; then every key has to. */
  private static boolean isOperators(JsonNode value) {
    return value.isObject() && value.propertyStream().anyMatch(key -> key.getKey().startsWith("$"));
  }

  private static Path path(String dotted) {
    List<String> names = List.of(dotted.split("\\.", -1));
    if (names.contains("")) {
      throw bad("'" + dotted + "' is not a path: names are separated by single dots");
    }
    return new Path(names);
  }

  private void countClause() {
    if (++clauses > MAX_CLAUSES) {
      throw bad("a filter has at most " + MAX_CLAUSES + " conditions");
    }
  }

  private static void checkDepth(int depth) {
    if (depth > MAX_DEPTH) {
      throw bad("at most " + MAX_DEPTH + " filters may lie within each other");
    }
  }

  private static InvalidInputException bad(String detail) {
    return new InvalidInputException(ProblemType.BAD_FILTER, detail);
  }
}
