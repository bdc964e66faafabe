package io.distri.node.local;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;

/**
 * This node as it sees itself. Safe for use by many threads.
 *
 * <p>The state moves JOINING → UP → RESTARTING or LEFT; a node that is evicted is LEFT at once.
 */
public final class LocalNode {
  private final String id;
  private final HostPort address;
  private final HostPort publicAddress;
  private final HostPort internalAddress;

  private volatile NodeState state = NodeState.JOINING;
  private volatile NodeState end = NodeState.RESTARTING;

  /**
   * @param id SHA-256 of the public key, hexadecimal
   * @param address where other nodes and, unless told otherwise, clients reach it
   * @param publicAddress where clients reach it
   * @param internalAddress where other nodes reach its internal port
   */
  public LocalNode(String id, HostPort address, HostPort publicAddress, HostPort internalAddress) {
    this.id = id;
    this.address = address;
    this.publicAddress = publicAddress;
    this.internalAddress = internalAddress;
  }

  public String id() {
    return id;
  }

  public HostPort address() {
    return address;
  }

  public HostPort publicAddress() {
    return publicAddress;
  }

  public HostPort internalAddress() {
    return internalAddress;
  }

  public NodeState state() {
    return state;
  }

  /** It will not come back: it has no vote once it ended. */
  public void leaveAtEnd() {
    end = NodeState.LEFT;
  }

  /** It was evicted: nobody of the cluster knows it any more. */
  public synchronized void shutOut() {
    state = NodeState.LEFT;
  }

  /** The state in which it ends: RESTARTING unless it leaves. */
  public NodeState end() {
    return end;
  }

  /** Whether it takes calls of services. */
  public boolean serves() {
    return state == NodeState.UP;
  }

  /** Moves from one state to another; false where it was in another state by then. */
  public synchronized boolean move(NodeState from, NodeState to) {
    if (state != from) {
      return false;
    }
    state = to;
    return true;
  }
}
