package io.distri.cli.loadtest;

/**
 * What the calls of a test took of the machine, all of them together. Not a number where that can't
 * be told: of nodes that were there before, or where the system doesn't count it.
 *
 * @param nodesCpuMs processor time of all nodes, milliseconds
 * @param clientCpuMs processor time of the clients' process, milliseconds
 * @param clientBytes what that process read and wrote, probes and node tables included
 */
record Cost(double nodesCpuMs, double clientCpuMs, double clientBytes) {

  /** What was spent between an earlier reading and this one. */
  Cost since(Cost earlier) {
    return new Cost(
        nodesCpuMs - earlier.nodesCpuMs,
        clientCpuMs - earlier.clientCpuMs,
        clientBytes - earlier.clientBytes);
  }

  Cost plus(Cost other) {
    return new Cost(
        nodesCpuMs + other.nodesCpuMs,
        clientCpuMs + other.clientCpuMs,
        clientBytes + other.clientBytes);
  }

  /** Processor time that is known of, milliseconds. */
  double cpuMs() {
    return (Double.isNaN(nodesCpuMs) ? 0 : nodesCpuMs)
        + (Double.isNaN(clientCpuMs) ? 0 : clientCpuMs);
  }

  /** The share of one of so many calls. */
  Cost each(long calls) {
    return new Cost(nodesCpuMs / calls, clientCpuMs / calls, clientBytes / calls);
  }
}
