package io.distri.client;

import io.distri.protocol.ServiceNames;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Gives a DB write what makes a repetition the same write on every node, before it is first sent:
 * an idempotency key, and a new document its UUID.
 */
final class WriteIdentity {

  private static final String UUID_FIELD = "UUID";

  private static final Set<String> KEYED =
      Set.of(
          ServiceNames.ADD_DOCUMENT,
          ServiceNames.UPDATE_DOCUMENT,
          ServiceNames.DELETE_DOCUMENT,
          ServiceNames.DELETE_COLLECTION);

  private static final JsonFactory JSON = new JsonFactory();

  private final Supplier<String> ids;

  /**
   * Takes identities from the supplier.
   *
   * @param ids every one different from all others, of all clients
   */
  WriteIdentity(Supplier<String> ids) {
    this.ids = ids;
  }

  DistriRequest assign(DistriRequest request) {
    if (!KEYED.contains(request.service())) {
      return request;
    }
    DistriRequest.Builder builder = request.toBuilder();
    if (request.idempotencyKey().isEmpty()) {
      builder.idempotencyKey(ids.get());
    }
    if (request.service().equals(ServiceNames.ADD_DOCUMENT)) {
      builder.body(withUuid(request.body()));
    }
    return builder.build();
  }

  /**
   * The document with a UUID. The text is left as it is but for the field put in front, so that no
   * number changes its spelling; what is no JSON object goes to the node, whose error says more.
   */
  private byte[] withUuid(byte[] document) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), document)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return document;
      }
      int afterBrace = (int) parser.currentTokenLocation().getByteOffset() + 1;
      if (afterBrace < 1 || document[afterBrace - 1] != '{') {
        return document; // not UTF-8
      }
      boolean empty = true;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        if (parser.currentName().equals(UUID_FIELD)) {
          return document;
        }
        empty = false;
        parser.nextToken();
        parser.skipChildren();
      }
      return splice(document, afterBrace, empty);
    } catch (JacksonException malformed) {
      return document;
    }
  }

  private byte[] splice(byte[] document, int at, boolean empty) {
    String field = "\"" + UUID_FIELD + "\":\"" + ids.get() + "\"" + (empty ? "" : ",");
    ByteArrayOutputStream spliced = new ByteArrayOutputStream(document.length + 64);
    spliced.write(document, 0, at);
    spliced.writeBytes(field.getBytes(StandardCharsets.UTF_8));
    spliced.write(document, at, document.length - at);
    return spliced.toByteArray();
  }
}
