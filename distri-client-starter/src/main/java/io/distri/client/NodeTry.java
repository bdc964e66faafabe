package io.distri.client;

import io.distri.protocol.HostPort;

/**
 * What one node said to one call that failed.
 *
 * @param address of the node
 * @param count how often the call was sent there
 * @param reason of its last answer, or why there was none
 */
public record NodeTry(HostPort address, int count, String reason) {

  @Override
  public String toString() {
    return address + ": " + reason + (count > 1 ? " (" + count + " times)" : "");
  }
}
