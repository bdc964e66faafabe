package io.distri.node.db.filter;

import io.distri.node.db.json.JsonOrder;
import java.util.SortedSet;
import tools.jackson.databind.JsonNode;

/** What a single value is compared with. */
sealed interface ValueTest {
  boolean passes(JsonNode value);

  /** The same content. */
  record EqualTo(JsonNode value) implements ValueTest {
    @Override
    public boolean passes(JsonNode other) {
      return JsonOrder.INSTANCE.compare(other, value) == 0;
    }
  }

  /** Above the bound, or at it where that is allowed. */
  record Above(JsonNode bound, boolean inclusive) implements ValueTest {
    @Override
    public boolean passes(JsonNode value) {
      int order = JsonOrder.INSTANCE.compare(value, bound);
      return order > 0 || (inclusive && order == 0);
    }
  }

  /** Below the bound, or at it where that is allowed. */
  record Below(JsonNode bound, boolean inclusive) implements ValueTest {
    @Override
    public boolean passes(JsonNode value) {
      int order = JsonOrder.INSTANCE.compare(value, bound);
      return order < 0 || (inclusive && order == 0);
    }
  }

  /**
   * The same content as one of these.
   *
   * @param values ordered by {@link JsonOrder}
   */
  record OneOf(SortedSet<JsonNode> values) implements ValueTest {
    @Override
    public boolean passes(JsonNode value) {
      return values.contains(value);
    }
  }
}
