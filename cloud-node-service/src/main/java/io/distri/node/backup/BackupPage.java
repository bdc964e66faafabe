package io.distri.node.backup;

import io.distri.node.db.CollectionName;
import io.distri.node.db.DocumentBody;
import io.distri.node.db.json.InvalidInputException;
import io.distri.protocol.ProblemType;
import java.util.List;

/** A part of a backup: some collections and some documents, in no order that means anything. */
public record BackupPage(List<Collection> collections, List<Document> documents) {
  public BackupPage {
    collections = List.copyOf(collections);
    documents = List.copyOf(documents);
  }

  /**
   * Checks all that a DB could refuse in it.
   *
   * @throws InvalidInputException where a collection's name or a document is none
   */
  public void check() {
    collections.forEach(collection -> CollectionName.checked(collection.name()));
    documents.forEach(Document::check);
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

    /** The UUID, found by reading the first version. */
    public String uuid() {
      return versions.getFirst().uuid();
    }

    private void check() {
      CollectionName.checked(collection);
      if (versions.stream().map(DocumentBody::uuid).distinct().count() > 1) {
        throw new InvalidInputException(
            ProblemType.MALFORMED_REQUEST,
            "a document that conflicts with '" + uuid() + "' has that UUID, too");
      }
    }
  }
}
