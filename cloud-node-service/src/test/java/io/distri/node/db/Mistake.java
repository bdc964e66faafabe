package io.distri.node.db;

/** What nodes and clients can be made to do wrong, to see that the checks notice. */
enum Mistake {
  NONE,
  /** What a node receives takes the place of what it holds: the original's merge. */
  OVERWRITING_MERGE,
  /** A pull adopts the sender's vector with its first page. */
  VECTOR_ADOPTED_EARLY,
  /** A push covers its range whatever lies before it. */
  PUSH_JOINED_OVER_A_GAP,
  /** A retry comes without the write's id. */
  WRITE_IDS_IGNORED,
  /** Disks say that they synced, and didn't. */
  DISKS_THAT_LIE,
  /** A write is acknowledged before another node holds it. */
  ACKNOWLEDGED_ALONE,
  /** Nodes answer whatever the session has seen. */
  SESSIONS_IGNORED,
  /** A node names its writes as it did before it lost them. */
  ACTOR_USED_AGAIN,
  /**
   * Writes are folded into the base as soon as one node holds them, and count as covered by all.
   */
  FOLDED_BEFORE_ALL_HOLD,
  /** The base grows without one of the nodes, and that goes on with what it holds. */
  FORGOTTEN_WITHOUT_A_MEMBER,
  /** A node from before the base goes on with what it holds. */
  NOT_STARTED_ANEW,
  /** A node that joins counts as a copy of everything, from its first word on. */
  JOINER_COUNTED_AT_ONCE,
  /** One count has to be met, that without those that join. */
  COUNTED_WITHOUT_JOINS,
  /** A node leaves whatever the others took over. */
  LEFT_WITHOUT_HANDING_OVER
}
