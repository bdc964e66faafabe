package io.distri.node.db.json;

import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.node.JsonNodeType;
import tools.jackson.databind.node.ValueNode;

/**
 * A number that is kept as it was written: {@code 1e5} stays {@code 1e5}, and {@code 1.0} stays
 * {@code 1.0}. Immutable.
 */
final class WrittenNumber extends ValueNode {
  private static final long serialVersionUID = 1L;

  private final String text;

  WrittenNumber(String text) {
    this.text = text;
  }

  /** The value of any node that is a number. */
  static Decimal valueOf(JsonNode number) {
    return Decimal.parse(number.asString());
  }

  @Override
  public JsonNodeType getNodeType() {
    return JsonNodeType.NUMBER;
  }

  @Override
  public JsonToken asToken() {
    return JsonToken.VALUE_NUMBER_FLOAT;
  }

  @Override
  public BigDecimal decimalValue() {
    return new BigDecimal(text);
  }

  @Override
  protected String _asString() {
    return text;
  }

  @Override
  protected String _valueDesc() {
    return "number " + text;
  }

  @Override
  public void serialize(JsonGenerator out, SerializationContext context) {
    out.writeNumber(text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WrittenNumber number && text.equals(number.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
