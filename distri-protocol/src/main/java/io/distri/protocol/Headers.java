package io.distri.protocol;

/** The HTTP headers of the protocol, and the values that have a fixed spelling. */
public final class Headers {
  /** Response: id of the node that answered. */
  public static final String NODE = "Distri-Node";

  /** Response, every one: a {@link LoadReport}. */
  public static final String LOAD = "Distri-Load";

  /**
   * Request: milliseconds that the caller still waits; work past it is dropped before it starts.
   */
  public static final String DEADLINE_MS = "Distri-Deadline-Ms";

  /** Error response: {@link #EXECUTED_NO} or {@link #EXECUTED_UNKNOWN}. */
  public static final String EXECUTED = "Distri-Executed";

  /** Value of {@link #EXECUTED}: nothing was done, it is safe to try elsewhere. */
  public static final String EXECUTED_NO = "no";

  /** Value of {@link #EXECUTED}: the request may have taken effect or may still do so. */
  public static final String EXECUTED_UNKNOWN = "unknown";

  /**
   * Both ways: opaque causal token; a read that sends it sees at least the writes it stands for.
   */
  public static final String SESSION = "Distri-Session";

  /** Response to a write: the version that {@code ifVersion} compares. */
  public static final String VERSION = "Distri-Version";

  /**
   * Response to a page of {@code ReadCollection} while there is more: where the next page starts.
   */
  public static final String CURSOR = "Distri-Cursor";

  /** Request: makes a repeated write the same write. */
  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private Headers() {}
}
