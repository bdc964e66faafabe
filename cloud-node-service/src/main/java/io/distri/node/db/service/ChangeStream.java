package io.distri.node.db.service;

import io.distri.node.db.ChangedDocument;
import io.distri.node.db.ChangesOutcome.Changes;
import io.distri.node.db.DocumentBody;
import io.distri.node.db.DocumentStore;
import io.distri.node.db.FeedToken;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The changes of a collection as server-sent events for one listener: {@code document} with the
 * document, {@code deleted} with its UUID, and {@code collection-deleted} at the end. The id comes
 * with the last event of those that became visible together: who stops before it is told them
 * again.
 */
final class ChangeStream {
  /** So that a listener that is gone is noticed, and one that is there knows that the node is. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  /** How soon a stream ends once the node stops. */
  private static final Duration LOOK = Duration.ofMillis(500);

  private static final byte[] DATA = ascii("data: ");
  private static final byte[] END = ascii("\n");

  private final DocumentStore documents;
  private final String collection;
  private final BooleanSupplier goesOn;
  private final OutputStream out;

  ChangeStream(
      DocumentStore documents, String collection, BooleanSupplier goesOn, OutputStream out) {
    this.documents = documents;
    this.collection = collection;
    this.goesOn = goesOn;
    this.out = out;
  }

  /** Writes what changed and what changes from then on; returns when the node stops. */
  void tell(Changes first) throws IOException, InterruptedException {
    Changes changes = first;
    long silentSince = System.nanoTime();
    out.write(ascii(": changes of " + collection + "\n\n"));
    while (true) {
      if (write(changes)) {
        silentSince = System.nanoTime();
      }
      FeedToken token = changes.next();
      while (!documents.awaitMore(token, LOOK)) {
        if (!goesOn.getAsBoolean()) {
          return;
        }
        if (System.nanoTime() - silentSince > HEARTBEAT.toNanos()) {
          out.write(ascii(":\n\n"));
          out.flush();
          silentSince = System.nanoTime();
        }
      }
      if (!(documents.changes(collection, token) instanceof Changes more)) {
        out.write(ascii("event: collection-deleted\ndata: {}\n\n"));
        out.flush();
        return;
      }
      changes = more;
    }
  }

  /** Whether there was anything to write. */
  private boolean write(Changes changes) throws IOException {
    Iterator<ChangedDocument> documents = changes.documents().iterator();
    boolean any = documents.hasNext();
    while (documents.hasNext()) {
      write(documents.next());
      if (!documents.hasNext()) {
        out.write(ascii("id: " + changes.next().toText() + "\n"));
      }
      out.write(END);
    }
    out.flush();
    return any;
  }

  private void write(ChangedDocument document) throws IOException {
    DocumentBody body = document.body();
    out.write(ascii(body == null ? "event: deleted\n" : "event: document\n"));
    out.write(DATA);
    if (body == null) {
      String uuid = JsonNodeFactory.instance.objectNode().put("UUID", document.uuid()).toString();
      out.write(uuid.getBytes(StandardCharsets.UTF_8));
    } else {
      body.writeTo(out);
    }
    out.write(END);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
