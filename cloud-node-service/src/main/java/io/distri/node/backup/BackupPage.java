package io.distri.node.backup;

import io.distri.node.db.DocumentBody;
import java.util.List;

/** A part of a backup: some collections and some documents, in no order that means anything. */
public record BackupPage(List<Collection> collections, List<Document> documents) {
  public BackupPage {
    collections = List.copyOf(collections);
    documents = List.copyOf(documents);
  }

  /**
   * A collection.
   *
   * @param exists false where it was dropped
   */
  public record Collection(String name, boolean exists) {}

  /**
   * A document.
   *
   * @param versions the one that reads find first, then those that conflict with it
   */
  public record Document(String collection, List<DocumentBody> versions) {
    public Document {
      versions = List.copyOf(versions);
      if (versions.isEmpty()) {
        throw new IllegalArgumentException("a document has a version");
      }
    }
  }
}
