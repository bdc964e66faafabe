package io.distri.client;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeStats;

/** What one node said when all were asked for their stats. */
public sealed interface NodeAnswer {

  /** Where it was asked. */
  HostPort address();

  /** It answered. */
  record Answered(HostPort address, NodeStats stats) implements NodeAnswer {}

  /**
   * It did not answer, or with something else.
   *
   * @param reason for people
   */
  record Silent(HostPort address, String reason) implements NodeAnswer {}
}
