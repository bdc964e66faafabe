package io.distri.cli.operator;

import io.distri.cli.local.Home;
import io.distri.cli.terminal.Failure;
import io.distri.node.admin.AdminMessages;
import io.distri.node.admin.AdminMessages.Decision;
import io.distri.protocol.HostPort;
import io.distri.protocol.identity.Identity;
import java.time.Duration;

/**
 * Whoever holds the operator's key of this machine. Gives orders to one node by its internal port.
 */
public final class Operator {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Decision NOTHING = new Decision(null, null);

  private final Identity identity;

  public Operator(Home home) {
    this.identity = Identity.loadOrCreate(home.operatorDirectory());
  }

  /**
   * Reaches a node for any number of orders.
   *
   * @throws Failure where there is none
   */
  public OperatorConnection connect(HostPort node) {
    return OperatorConnection.open(identity, node);
  }

  /**
   * Asks for something and returns it.
   *
   * @throws Failure where the node can't be reached or refuses
   */
  <T> T ask(HostPort node, String path, Class<T> answer) {
    return order(node, path, NOTHING, answer);
  }

  /**
   * Gives an order that says what shall become of a key, and returns the answer.
   *
   * @throws Failure where the node can't be reached or refuses
   */
  <T> T order(HostPort node, String path, Decision decision, Class<T> answer) {
    try (OperatorConnection connection = connect(node)) {
      return connection.order(path, decision, answer, PATIENCE);
    }
  }

  /**
   * Has a node leave its cluster, which has no answer.
   *
   * @throws Failure where the node can't be reached or refuses
   */
  void leave(HostPort node) {
    try (OperatorConnection connection = connect(node)) {
      connection.post(AdminMessages.LEAVE, NOTHING, PATIENCE);
    }
  }
}
