package io.distri.node.membership;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeRecord;
import io.distri.protocol.NodeState;
import java.util.List;

/**
 * A row of the node table as nodes tell it each other.
 *
 * @param id SHA-256 of the node's public key, hexadecimal
 * @param address where other nodes know it
 * @param publicAddress where clients reach it
 * @param internalAddress where it listens for other nodes
 * @param state as the teller sees it
 * @param incarnation grows with every start of the node: the newer record holds
 * @param services names of the services it offers
 * @param dbVersion sum of its version vector
 * @param load its last load report, in the header's spelling
 */
public record Member(
    String id,
    HostPort address,
    HostPort publicAddress,
    HostPort internalAddress,
    NodeState state,
    long incarnation,
    List<String> services,
    long dbVersion,
    String load) {

  public Member {
    services = List.copyOf(services);
  }

  /** The same in another state. */
  Member in(NodeState state) {
    return new Member(
        id, address, publicAddress, internalAddress, state, incarnation, services, dbVersion, load);
  }

  /** Whether it was heard lately and means to stay. */
  public boolean isAlive() {
    return state == NodeState.UP || state == NodeState.JOINING;
  }

  /** What clients are told. */
  NodeRecord toRecord() {
    return new NodeRecord(id, publicAddress.toString(), state, load, services, dbVersion);
  }
}
