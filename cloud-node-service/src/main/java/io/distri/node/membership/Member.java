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
 * @param start when the node's process began, by its own clock, milliseconds since 1970
 * @param incarnation the node's own count, larger after every start and every change of its state:
 *     the larger one holds. The term is that of SWIM
 * @param services names of the services it offers
 * @param dbVersion sum of its version vector, when the teller heard of it last
 * @param load its load report of then, in the header's spelling
 */
public record Member(
    String id,
    HostPort address,
    HostPort publicAddress,
    HostPort internalAddress,
    NodeState state,
    long start,
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
        id,
        address,
        publicAddress,
        internalAddress,
        state,
        start,
        incarnation,
        services,
        dbVersion,
        load);
  }

  /** Whether it answered lately and means to stay. */
  public boolean isAlive() {
    return state == NodeState.UP || state == NodeState.JOINING;
  }

  /** Whether its silence tells something: one that restarts or left is not expected to answer. */
  boolean isExpectedToAnswer() {
    return isAlive() || state == NodeState.SUSPECT;
  }

  /**
   * Whether this row holds against another of the same member: what the member said later, and of
   * one incarnation the graver suspicion (SWIM's rule).
   */
  boolean overrides(Member other) {
    return incarnation > other.incarnation
        || (incarnation == other.incarnation && gravity() > other.gravity());
  }

  private int gravity() {
    return switch (state) {
      case JOINING, UP, RESTARTING, LEFT -> 0;
      case SUSPECT -> 1;
      case DEAD -> 2;
    };
  }

  /** What clients are told. */
  NodeRecord toRecord() {
    return new NodeRecord(id, publicAddress.toString(), state, load, services, dbVersion);
  }
}
