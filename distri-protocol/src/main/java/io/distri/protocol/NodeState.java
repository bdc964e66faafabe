package io.distri.protocol;

import java.util.Locale;

/** Where a node stands in its life, as the node table tells it. */
public enum NodeState {
  /** Takes in the cluster's entries; serves no client and is no voter yet. */
  JOINING,
  /** Serves. */
  UP,
  /** Did not answer lately; may be dead. */
  SUSPECT,
  /** Did not answer for so long that calls to it are a waste; still a voter. */
  DEAD,
  /** Said that it goes down and means to come back; still a voter. */
  RESTARTING,
  /** Left for good. */
  LEFT;

  private final String key = name().toLowerCase(Locale.ROOT);

  /** The spelling in headers and JSON. */
  public String key() {
    return key;
  }

  /**
   * Reads {@link #key()}.
   *
   * @throws IllegalArgumentException where there is no such state
   */
  public static NodeState ofKey(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
