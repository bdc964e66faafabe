package io.distri.node.db;

import io.distri.protocol.ProblemType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why the DB did not do what it was asked to; nothing was changed. */
public sealed interface Refusal
    extends WriteOutcome, DeleteOutcome, CreateOutcome, DropOutcome, ReadOutcome, ChangesOutcome {

  /** Which error of the protocol this is. */
  ProblemType problem();

  /** What is wrong and what to do, for the caller. */
  String detail();

  /** There is no such collection. */
  record UnknownCollection(String name) implements Refusal {
    @Override
    public ProblemType problem() {
      return ProblemType.UNKNOWN_COLLECTION;
    }

    @Override
    public String detail() {
      return "there is no collection '" + name + "': create it with CreateCollection";
    }
  }

  /**
   * There are as many collections as may be.
   *
   * @param most how many
   */
  record TooManyCollections(int most) implements Refusal {
    @Override
    public ProblemType problem() {
      return ProblemType.TOO_MANY_COLLECTIONS;
    }

    @Override
    public String detail() {
      return "there are "
          + most
          + " collections and no more are taken (distri.node.db.max-collections): delete one";
    }
  }

  /**
   * As many names of collections are remembered as may be, those of deleted ones included.
   *
   * @param most how many
   */
  record TooManyNames(int most) implements Refusal {
    @Override
    public ProblemType problem() {
      return ProblemType.TOO_MANY_COLLECTIONS;
    }

    @Override
    public String detail() {
      return most
          + " names of collections are remembered, those of deleted ones too, and no more are taken"
          + " (ten times distri.node.db.max-collections): take the name of a deleted one";
    }
  }

  /** The collection was dropped while its documents were read page by page. */
  record CollectionDeleted(String name) implements Refusal {
    @Override
    public ProblemType problem() {
      return ProblemType.COLLECTION_DELETED;
    }

    @Override
    public String detail() {
      return "the collection '"
          + name
          + "' was deleted meanwhile: what was told of it before is gone";
    }
  }

  /** The listener was away for so long that deletions which it wasn't told are forgotten. */
  record ChangesForgotten(String name) implements Refusal {
    @Override
    public ProblemType problem() {
      return ProblemType.CHANGES_FORGOTTEN;
    }

    @Override
    public String detail() {
      return "what changed in '"
          + name
          + "' since this event id is not known any more: listen again without an id, all documents come first then";
    }
  }

  /** Another document has the UUID. */
  record UuidConflict(String uuid) implements Refusal {
    @Override
    public ProblemType problem() {
      return ProblemType.UUID_CONFLICT;
    }

    @Override
    public String detail() {
      return "a document with the UUID '"
          + uuid
          + "' and other content exists: choose another UUID, or use UpdateDocument";
    }
  }

  /**
   * The document isn't what the update expects.
   *
   * @param current its version; null where it doesn't exist
   */
  record VersionConflict(String uuid, @Nullable String current) implements Refusal {
    @Override
    public ProblemType problem() {
      return ProblemType.VERSION_CONFLICT;
    }

    @Override
    public String detail() {
      return (current == null
              ? "the document '" + uuid + "' does not exist"
              : "the document '" + uuid + "' has the version " + current)
          + ": read it again and decide again";
    }
  }

  /** The write id was used for another write. */
  record WriteIdConflict(String writeId) implements Refusal {
    @Override
    public ProblemType problem() {
      return ProblemType.WRITE_ID_CONFLICT;
    }

    @Override
    public String detail() {
      return "the idempotency key '" + writeId + "' was used for another write: take a new one";
    }
  }

  /** The write would make the DB larger than it may be. */
  record DbFull() implements Refusal {
    @Override
    public ProblemType problem() {
      return ProblemType.DB_FULL;
    }

    @Override
    public String detail() {
      return "the DB takes all that distri.node.db.max-bytes allows it: delete documents to make room";
    }
  }

  /**
   * The node's timestamps are ahead of its clock, so it can't order writes until that catches up.
   *
   * @param lead by how much
   */
  record ClockAhead(Duration lead) implements Refusal {
    @Override
    public ProblemType problem() {
      return ProblemType.UNAVAILABLE;
    }

    @Override
    public String detail() {
      return "this node's timestamps are "
          + lead.toMillis()
          + " ms ahead of its clock, so it takes no writes until that catches up: try another node";
    }
  }
}
