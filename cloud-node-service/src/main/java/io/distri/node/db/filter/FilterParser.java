package io.distri.node.db.filter;

import io.distri.node.db.json.InvalidInputException;
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

  /**
   * How many conditions a filter may have, each of which may compare every value of a document. An
   * {@code $in} counts as many times as its list can be halved, since it searches that often.
   */
  static final int MAX_CLAUSES = 64;

  /** How many values an {@code $in} may list: a page of UUIDs. It counts as ten conditions. */
  static final int MAX_IN_VALUES = 1000;

  /** How many values a filter may have to compare with, those within arrays and objects too. */
  static final int MAX_VALUES = 10_000;

  /** A number of more characters is a long one: comparing it takes a microsecond or more. */
  static final int LONG_NUMBER_CHARS = 100;

  /** How many long numbers a filter may have: each may meet all numbers of an array. */
  static final int MAX_LONG_NUMBERS = 4;

  private int clauses;
  private int values;
  private int longNumbers;

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
      parts.add(
          name.startsWith("$") ? logic(name, value, depth) : field(Path.parse(name), value, depth));
    }
    return Condition.all(parts);
  }

  private Condition logic(String operator, JsonNode value, int depth) {
    countClause();
    return switch (operator) {
      case "$and" -> Condition.all(filters(operator, value, depth));
      case "$or" -> Condition.any(filters(operator, value, depth));
      case "$nor" -> Condition.not(Condition.any(filters(operator, value, depth)));
      case "$not" -> Condition.not(filter(value, depth + 1));
      default ->
          throw bad(
              quoted(operator)
                  + " is not an operator that stands in place of a field: those are $and, $or,"
                  + " $nor, $not. A backslash before the $ makes it a field");
    };
  }

  private List<Condition> filters(String operator, JsonNode list, int depth) {
    if (!list.isArray() || list.isEmpty()) {
      throw bad(operator + " takes a list of filters, at least one");
    }
    return list.valueStream().map(part -> filter(part, depth + 1)).toList();
  }

  private Condition field(Path path, JsonNode value, int depth) {
    if (!isOperators(value)) {
      countClause();
      return equalTo(path, value);
    }
    checkDepth(depth);
    List<Condition> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      parts.add(operator(path, member.getKey(), member.getValue(), depth));
    }
    return Condition.all(parts);
  }

  private Condition operator(Path path, String operator, JsonNode operand, int depth) {
    countClause();
    return switch (operator) {
      case "$eq" -> equalTo(path, operand);
      case "$ne" -> Condition.not(equalTo(path, operand));
      case "$gt" -> range(path, operand, true, false);
      case "$gte" -> range(path, operand, true, true);
      case "$lt" -> range(path, operand, false, false);
      case "$lte" -> range(path, operand, false, true);
      case "$in" -> oneOf(path, operator, operand);
      case "$nin" -> Condition.not(oneOf(path, operator, operand));
      case "$exists" -> exists(path, operand);
      case "$not" -> {
        if (!isOperators(operand)) {
          throw bad("$not on a field takes an object of operators, such as {\"$gt\": 5}");
        }
        yield Condition.not(field(path, operand, depth + 1));
      }
      default ->
          throw bad(
              quoted(operator)
                  + " is not an operator on a field: those are $eq, $ne, $gt, $gte, $lt, $lte,"
                  + " $in, $nin, $exists, $not");
    };
  }

  private Condition equalTo(Path path, JsonNode operand) {
    return Condition.field(path, new ValueTest.EqualTo(plain(operand)));
  }

  private Condition range(Path path, JsonNode bound, boolean above, boolean inclusive) {
    return Condition.field(path, new ValueTest.Range(plain(bound), above, inclusive));
  }

  private static Condition exists(Path path, JsonNode operand) {
    if (!operand.isBoolean()) {
      throw bad("$exists takes true or false");
    }
    Condition exists = Condition.field(path, new ValueTest.Present());
    return operand.booleanValue() ? exists : Condition.not(exists);
  }

  private Condition oneOf(Path path, String operator, JsonNode list) {
    if (!list.isArray()) {
      throw bad(operator + " takes a list of values");
    }
    if (list.size() > MAX_IN_VALUES) {
      throw bad(operator + " takes at most " + MAX_IN_VALUES + " values, here are " + list.size());
    }
    for (int searched = list.size(); searched > 1; searched /= 2) {
      countClause();
    }
    SortedSet<JsonNode> values = new TreeSet<>(ValueOrder.INSTANCE);
    values.addAll(plain(list).values());
    return Condition.field(path, new ValueTest.OneOf(Collections.unmodifiableSortedSet(values)));
  }

  /** An object is one of operators where a name starts with {@code $}; then every name has to. */
  private static boolean isOperators(JsonNode value) {
    return value.isObject() && value.propertyStream().anyMatch(FilterParser::isOperator);
  }

  private static boolean isOperator(Map.Entry<String, JsonNode> member) {
    return member.getKey().startsWith("$");
  }

  /** A value to compare with: more likely, somebody meant an operator than a field of that name. */
  private JsonNode plain(JsonNode value) {
    value
        .propertyStream()
        .filter(FilterParser::isOperator)
        .findFirst()
        .ifPresent(member -> {
          throw bad(
              quoted(member.getKey())
                  + " stands in a value to compare with: operators stand right after a field, and a"
                  + " field of that name can be asked for by its path");
        });
    if (++values > MAX_VALUES) {
      throw bad("a filter has at most " + MAX_VALUES + " values to compare with");
    }
    if (value.isNumber()
        && value.asString().length() > LONG_NUMBER_CHARS
        && ++longNumbers > MAX_LONG_NUMBERS) {
      throw bad(
          "a filter has at most "
              + MAX_LONG_NUMBERS
              + " numbers of more than "
              + LONG_NUMBER_CHARS
              + " characters");
    }
    value.values().forEach(this::plain);
    return value;
  }

  private void countClause() {
    if (++clauses > MAX_CLAUSES) {
      throw bad(
          "a filter has at most "
              + MAX_CLAUSES
              + " conditions; an $in of 1000 values counts as ten");
    }
  }

  private static void checkDepth(int depth) {
    if (depth > MAX_DEPTH) {
      throw bad("at most " + MAX_DEPTH + " filters may lie within each other");
    }
  }

  /** A name for a message, cut: it may be as long as the filter. */
  static String quoted(String name) {
    return "'%.100s'".formatted(name);
  }

  static InvalidInputException bad(String detail) {
    return new InvalidInputException(ProblemType.BAD_FILTER, detail);
  }
}
