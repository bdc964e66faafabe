package io.distri.node.db;

import io.distri.protocol.ProblemType;
import org.jspecify.annotations.Nullable;

/** A change that could not be kept. Nobody has seen it, and nobody will before the next start. */
public final class StorageException extends RuntimeException {
  private final ProblemType problem;

  private StorageException(ProblemType problem, String detail, @Nullable Throwable cause) {
    super(detail, cause);
    this.problem = problem;
  }

  /** There is no room; nothing is left of the change. Later ones are tried again. */
  public static StorageException full(Throwable cause) {
    return new StorageException(
        ProblemType.DISK_FULL,
        "this node's disk is full, so it takes no writes until there is room: try another node",
        cause);
  }

  /** The DB takes more than it may: nothing is left of the change. */
  static StorageException quotaSpent() {
    return new StorageException(
        ProblemType.DB_FULL,
        "this node's DB takes more than distri.node.db.max-bytes allows, its reserve included",
        null);
  }

  /** The disk failed while it took the change: it may turn up when the node starts again. */
  public static StorageException failed(Throwable cause) {
    return new StorageException(
        ProblemType.NOT_ACKNOWLEDGED,
        "this node's disk failed during the write: it may be there when the node starts again",
        cause);
  }

  /** The disk failed before: this node takes no changes until it starts again. */
  public static StorageException readOnly(Throwable cause) {
    return new StorageException(
        ProblemType.UNAVAILABLE,
        "this node's disk failed, so it takes no writes until it starts again: try another node",
        cause);
  }

  /** Which error of the protocol this is. */
  public ProblemType problem() {
    return problem;
  }

  /** What is wrong and what to do, for the caller. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
