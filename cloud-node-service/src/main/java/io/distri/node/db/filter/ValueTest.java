package io.distri.node.db.filter;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import tools.jackson.databind.JsonNode;

/**
 * What a single value, or a missing one, is compared with. Values compare by {@link ValueOrder}.
 */
sealed interface ValueTest {
  boolean passes(JsonNode value);

  /** What the filter brings to compare with. */
  Collection<JsonNode> operands();

  /** There is a value. */
  record Present() implements ValueTest {
    @Override
    public boolean passes(JsonNode value) {
      return !value.isMissingNode();
    }

    @Override
    public Collection<JsonNode> operands() {
      return List.of();
    }
  }

  /** The same content; {@code null} is the content of what is missing. */
  record EqualTo(JsonNode operand) implements ValueTest {
    @Override
    public boolean passes(JsonNode value) {
      return ValueOrder.INSTANCE.compare(value, operand) == 0;
    }

    @Override
    public Collection<JsonNode> operands() {
      return List.of(operand);
    }
  }

  /**
   * Of the bound's type and on one side of it.
   *
   * @param above whether values above the bound pass, otherwise those below it
   * @param inclusive whether the bound itself passes
   */
  record Range(JsonNode bound, boolean above, boolean inclusive) implements ValueTest {
    @Override
    public boolean passes(JsonNode value) {
      if (!ValueOrder.sameType(value, bound)) {
        return false;
      }
      int order = ValueOrder.INSTANCE.compare(value, bound);
      return order == 0 ? inclusive : order > 0 == above;
    }

    @Override
    public Collection<JsonNode> operands() {
      return List.of(bound);
    }
  }

  /**
   * The same content as one of these.
   *
   * @param operands ordered by {@link ValueOrder}
   */
  record OneOf(SortedSet<JsonNode> operands) implements ValueTest {
    @Override
    public boolean passes(JsonNode value) {
      return operands.contains(value);
    }
  }
}
