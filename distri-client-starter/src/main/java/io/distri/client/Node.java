package io.distri.client;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node as the directory knows it at one moment.
 *
 * @param address where it is reached
 * @param state as the node table tells; UP where no table named it yet
 * @param services what it offers; null where no table told
 */
record Node(HostPort address, NodeState state, @Nullable Set<String> services) {

  /** The same node in that state. */
  Node in(NodeState assessed) {
    return assessed == state ? this : new Node(address, assessed, services);
  }

  /** Whether it may offer the service: only a node whose table entry leaves it out does not. */
  boolean mayOffer(String service) {
    return services == null || services.contains(service);
  }
}
