package io.distri.node.db;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A document that a read found. Immutable. */
public final class StoredDocument {
  private final DocumentState state;
  private final DocumentVersion winner;

  StoredDocument(DocumentState state) {
    this.state = state;
    this.winner = state.winner();
  }

  /** The document's UUID. */
  public String uuid() {
    return state.uuid();
  }

  /** What {@code ifVersion} compares, see {@link DocumentState#version()}. */
  public String version() {
    return state.version();
  }

  /** The document. */
  public DocumentBody body() {
    return Objects.requireNonNull(winner.body());
  }

  /** What other nodes wrote at the same time, and nobody resolved since; usually empty. */
  public List<DocumentBody> conflicts() {
    return state.siblings().stream()
        .map(sibling -> Objects.requireNonNull(sibling.body()))
        .toList();
  }

  /**
   * Writes the document as JSON.
   *
   * @param versions whether to add the version as {@code _version}
   * @param conflicts whether to add the conflicting documents as the list {@code _conflicts}
   */
  public void writeTo(OutputStream out, boolean versions, boolean conflicts) throws IOException {
    if (!versions && !conflicts) {
      body().writeTo(out);
      return;
    }
    body().writeOpenTo(out);
    if (versions) {
      write(out, ",\"" + Document.VERSION + "\":\"" + version() + "\"");
    }
    if (conflicts) {
      String separator = ",\"" + Document.CONFLICTS + "\":[";
      write(out, conflicts().isEmpty() ? separator : "");
      for (DocumentBody conflict : conflicts()) {
        write(out, separator);
        conflict.writeTo(out);
        separator = ",";
      }
      write(out, "]");
    }
    write(out, "}");
  }

  private static void write(OutputStream out, String ascii) throws IOException {
    out.write(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
