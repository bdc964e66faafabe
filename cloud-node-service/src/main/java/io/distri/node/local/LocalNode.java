package io.distri.node.local;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * This node as it sees itself. Safe for use by many threads.
 *
 * <p>The state moves JOINING → UP → RESTARTING or LEFT, and listeners hear of each move in the
 * thread that made it.
 */
public final class LocalNode {
  private final String id;
  private final HostPort address;
  private final HostPort publicAddress;
  private final HostPort internalAddress;
  private final List<Consumer<NodeState>> listeners = new CopyOnWriteArrayList<>();
  private volatile NodeState state = NodeState.JOINING;

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

  /** Whether it takes calls of services. */
  public boolean serves() {
    return state == NodeState.UP;
  }

  /** Calls the listener at every later move. */
  public void onMove(Consumer<NodeState> listener) {
    listeners.add(listener);
  }

  /** Moves from one state to another; false where it was in another state by then. */
  public boolean move(NodeState from, NodeState to) {
    synchronized (this) {
      if (state != from) {
        return false;
      }
      state = to;
    }
    listeners.forEach(listener -> listener.accept(to));
    return true;
  }
}
