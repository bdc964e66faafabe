package io.distri.protocol;

import java.net.URI;
import java.util.Locale;

/**
 * The errors of the protocol, RFC 9457: {@code type} is {@code urn:distri:problem:<slug>}. Nothing
 * half-done stands behind any of them; {@link #executed()} says of those that a caller may try
 * elsewhere what became of the request.
 */
public enum ProblemType {
  MALFORMED_REQUEST(400, "Malformed request"),
  MALFORMED_JSON(400, "Malformed JSON"),
  NOT_AN_OBJECT(400, "A document is a JSON object"),
  BAD_NAME(400, "Not a valid name"),
  BAD_FILTER(400, "Not a valid filter"),
  BAD_CURSOR(400, "Not a valid cursor"),
  BAD_RECIPIENT(400, "Not a valid recipient"),
  EMPTY_BODY(400, "The body is empty"),
  EMPTY_FILTER(400, "An empty filter needs all=true"),
  UNAUTHENTICATED(401, "Who is calling?"),
  FORBIDDEN(403, "Not allowed"),
  EVICTED(403, "The key was evicted"),
  FOREIGN_ORIGIN(403, "Foreign origin"),
  UNKNOWN_SERVICE(404, "Unknown service"),
  UNKNOWN_COLLECTION(404, "Unknown collection"),
  NOT_FOUND(404, "Nothing here"),
  METHOD_NOT_ALLOWED(405, "Wrong method"),
  NOT_ACCEPTABLE(406, "Not available in that form"),
  BODY_TOO_SLOW(408, "The body came too slowly", Headers.EXECUTED_NO),
  UUID_CONFLICT(409, "The UUID is taken"),
  VERSION_CONFLICT(409, "The document has another version"),
  WRITE_ID_CONFLICT(409, "The idempotency key was used for another write"),
  TOO_MANY_COLLECTIONS(409, "There are too many collections"),
  FOREIGN_CLUSTER(409, "Another cluster"),
  DUPLICATE_IDENTITY(409, "The identity is in use"),
  COLLECTION_DELETED(410, "The collection was deleted meanwhile"),
  CHANGES_FORGOTTEN(410, "The changes since then are not known any more"),
  BODY_TOO_LARGE(413, "The body is too large"),
  NOT_AN_IMAGE(415, "Not an image"),
  FOREIGN_HOST(421, "Foreign host"),
  NO_RECIPIENT(422, "Nobody to seal for"),
  REFUSED(429, "The node is busy", Headers.EXECUTED_NO),
  TOO_MANY_GUESSES(429, "Too many wrong tokens", Headers.EXECUTED_NO),
  INTERNAL(500, "The node failed", Headers.EXECUTED_UNKNOWN),
  UNAVAILABLE(503, "The node does not serve now", Headers.EXECUTED_NO),
  BEHIND_SESSION(503, "The node has not caught up", Headers.EXECUTED_NO),
  TOO_FEW_IN_REACH(503, "Too few nodes are in reach", Headers.EXECUTED_NO),
  NOT_ACKNOWLEDGED(503, "Not acknowledged in time", Headers.EXECUTED_UNKNOWN),
  DEADLINE_PASSED(504, "The deadline passed", Headers.EXECUTED_NO),
  DISK_FULL(507, "The disk is full", Headers.EXECUTED_NO),
  DB_FULL(507, "The quota of the DB is spent", Headers.EXECUTED_NO);

  private static final String PREFIX = "urn:distri:problem:";

  private final int status;
  private final String title;
  private final String executed;

  ProblemType(int status, String title) {
    this(status, title, "");
  }

  ProblemType(int status, String title, String executed) {
    this.status = status;
    this.title = title;
    this.executed = executed;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** A few words for people; the same for every occurrence. */
  public String title() {
    return title;
  }

  /** The value of the {@code Distri-Executed} header; empty where it is not sent. */
  public String executed() {
    return executed;
  }

  /** The {@code type} member. */
  public URI uri() {
    return URI.create(PREFIX + slug());
  }

  /** The end of {@link #uri()}, such as {@code changes-forgotten}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
