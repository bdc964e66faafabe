package io.distri.client;

import io.distri.protocol.NodeRecord;
import io.distri.protocol.NodeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the node table that {@code GET /nodes} answers with. */
final class NodeTable {

  static final Message QUESTION = Message.get("/nodes");

  private static final JsonMapper JSON = JsonMapper.shared();

  private NodeTable() {}

  /**
   * The rows that can be read. A row that can't, of a later version perhaps, must not cost the
   * others.
   *
   * @throws IllegalArgumentException where the whole is no table
   */
  static List<NodeRecord> parse(byte[] json) {
    JsonNode table;
    try {
      table = JSON.readTree(json);
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException("the node table is not JSON", malformed);
    }
    if (!table.isArray()) {
      throw new IllegalArgumentException("the node table is not an array");
    }
    List<NodeRecord> rows = new ArrayList<>(table.size());
    for (JsonNode row : table) {
      row(row).ifPresent(rows::add);
    }
    return rows;
  }

  private static Optional<NodeRecord> row(JsonNode row) {
    NodeState state;
    try {
      state = NodeState.ofKey(row.path("state").asString(""));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
    List<String> services = new ArrayList<>();
    row.path("services").forEach(service -> services.add(service.asString("")));
    return Optional.of(
        new NodeRecord(
            row.path("id").asString(""),
            row.path("address").asString(""),
            state,
            row.path("load").asString(""),
            services,
            row.path("dbVersion").asLong(0)));
  }
}
