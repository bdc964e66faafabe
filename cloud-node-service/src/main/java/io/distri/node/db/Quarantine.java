package io.distri.node.db;

import io.distri.node.db.json.StrictJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The writes that a node gives up when it takes what the others hold in place of what it held: they
 * were made before the others forgot what those writes may not know of, so that nobody can tell any
 * more whether they still count. A person can: each is a line of JSON, with collection, UUID, when
 * and under which name it was written, and the document, or {@code "deleted":true}.
 */
final class Quarantine {
  private Quarantine() {}

  /** The lines for what was held and the others don't know; none where they know it all. */
  static List<byte[]> lines(Snapshot before, Coverage known) {
    List<byte[]> lines = new ArrayList<>();
    for (CollectionContent content : before.collections().values()) {
      for (DocumentState document : content.documents().values()) {
        document.versions().stream()
            .filter(version -> !known.covers(version.dot()))
            .forEach(version -> lines.add(line(content.name(), document.uuid(), version)));
      }
    }
    return lines;
  }

  private static byte[] line(String collection, String uuid, DocumentVersion version) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("collection", collection);
    line.put("UUID", uuid);
    line.put("write", version.dot().toString());
    line.put("writtenAt", Instant.ofEpochMilli(Hlc.epochMillis(version.hlc())).toString());
    DocumentBody body = version.body();
    if (body == null) {
      line.put("deleted", true);
    } else {
      line.set("document", body.tree());
    }
    return StrictJson.write(line);
  }
}
