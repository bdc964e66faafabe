package io.distri.cli.demo;

import io.distri.cli.local.NodeEndpoint;
import io.distri.protocol.ServiceNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads the demo's documents as bytes. */
final class Documents {

  private static final JsonMapper JSON = JsonMapper.shared();

  private Documents() {}

  /** A document or a filter. */
  static byte[] json(Map<String, ?> fields) {
    return JSON.writeValueAsBytes(fields);
  }

  /**
   * The UUIDs of the documents that a node holds.
   *
   * @param filter all fields that they must have
   * @throws IOException where the node does not answer with documents
   */
  static Set<String> on(NodeEndpoint node, String collection, Map<String, ?> filter)
      throws IOException {
    byte[] answer = node.call(ServiceNames.READ_COLLECTION, collection, json(filter));
    try {
      Set<String> uuids = new HashSet<>();
      for (JsonNode document : JSON.readTree(answer)) {
        uuids.add(document.path("UUID").asString(""));
      }
      return uuids;
    } catch (JacksonException foreign) {
      throw new IOException(node.address() + " did not answer with documents", foreign);
    }
  }

  /** How many of these documents a node holds; none where it does not answer. */
  static long count(NodeEndpoint node, String collection, Set<String> uuids) {
    try {
      return on(node, collection, Map.of()).stream().filter(uuids::contains).count();
    } catch (IOException notYet) {
      return 0;
    }
  }

  /** What a service answered, as text. */
  static String text(byte[] answer) {
    return new String(answer, StandardCharsets.UTF_8).strip();
  }
}
