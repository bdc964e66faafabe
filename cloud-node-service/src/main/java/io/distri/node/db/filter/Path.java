package io.distri.node.db.filter;

import io.distri.node.db.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The way from a document to values in it.
 *
 * @param steps what to enter one after the other, at least one
 */
record Path(List<Step> steps) {
  /** An array in a document of 256 KiB has fewer elements than a number of so many digits. */
  private static final int MAX_DIGITS = 9;

  /**
   * A step of a path.
   *
   * @param name the field to enter, where the step meets an object
   * @param position the element to enter, where it meets an array; -1 where the name is no number
   */
  record Step(String name, int position) {
    static Step to(String name) {
      boolean digits = name.matches("0|[1-9][0-9]*") && name.length() <= MAX_DIGITS;
      return new Step(name, digits ? Integer.parseInt(name) : -1);
    }
  }

  /**
   * Reads names separated by dots. A backslash takes a dot, a {@code $} or a backslash as part of a
   * name.
   *
   * @throws io.distri.node.db.json.InvalidInputException where a backslash stands before anything
   *     else, or the path is deeper than any document
   */
  static Path parse(String dotted) {
    List<Step> steps = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < dotted.length(); i++) {
      char c = dotted.charAt(i);
      if (c == '.') {
        steps.add(Step.to(name.toString()));
        name.setLength(0);
        if (steps.size() == StrictJson.MAX_DEPTH) {
          throw FilterParser.bad("a path has at most " + StrictJson.MAX_DEPTH + " names");
        }
        continue;
      }
      if (c == '\\') {
        i++;
        if (i == dotted.length() || ".$\\".indexOf(dotted.charAt(i)) < 0) {
          throw FilterParser.bad(
              "in the path "
                  + FilterParser.quoted(dotted)
                  + " a backslash stands before something else than a dot, a $ or a backslash:"
                  + " write \\\\ for a backslash");
        }
        c = dotted.charAt(i);
      }
      name.append(c);
    }
    steps.add(Step.to(name.toString()));
    return new Path(List.copyOf(steps));
  }

  /** The field of the document where the way begins. */
  String first() {
    return steps.getFirst().name();
  }

  /**
   * Whether a value at the end passes, or that there is none. An array at the end stands for itself
   * and for its elements; an array on the way for those of its elements that are objects, unless
   * the path says which element.
   */
  boolean leadsToAny(JsonNode document, ValueTest test) {
    return walk(document, 0, test);
  }

  private boolean walk(JsonNode here, int depth, ValueTest test) {
    if (depth == steps.size() || here.isMissingNode()) {
      return test.passes(here) || (here.isArray() && anyElement(here, test::passes));
    }
    Step step = steps.get(depth);
    if (!here.isArray()) {
      return walk(here.path(step.name()), depth + 1, test);
    }
    return step.position() < 0
        ? anyElement(here, element -> element.isObject() && walk(element, depth, test))
        : walk(here.path(step.position()), depth + 1, test);
  }

  private static boolean anyElement(JsonNode array, Predicate<JsonNode> test) {
    for (JsonNode element : array) {
      if (test.test(element)) {
        return true;
      }
    }
    return false;
  }
}
