package io.distri.cli.demo;

import io.distri.client.ElectionRule;
import io.distri.protocol.NodeState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows of one second; its JSON keeps these names.
 *
 * @param at end of the second, milliseconds since 1970
 * @param done calls that ended well since the page came up
 * @param failed calls that did not
 * @param acknowledged writes that were acknowledged
 * @param verified of them, seen on every node that had time to sync
 * @param lost of them, missing on such a node
 * @param perSecond calls that ended well in this second
 * @param sealP99Ms 99th percentile of the time to seal a photo; 0 without one
 * @param dbP99Ms the same of DB calls
 * @param rule by which nodes were elected at the end of it
 * @param nodes in their order
 * @param events what visitors did in this second
 */
record Snapshot(
    long at,
    long done,
    long failed,
    long acknowledged,
    long verified,
    long lost,
    double perSecond,
    double sealP99Ms,
    double dbP99Ms,
    ElectionRule rule,
    List<Node> nodes,
    List<Event> events) {

  /** As many seconds as the charts show. */
  static final int KEPT = 180;

  /**
   * A node in this second.
   *
   * @param share part of the calls that it answered, 0 to 1
   * @param seen how a node that is in touch with a majority sees it; null without one
   * @param slow whether it takes 16 times as long for each call
   * @param cutOff whether other nodes and it don't hear each other
   * @param actions what can be done to it now
   */
  record Node(
      String address,
      State state,
      double share,
      @Nullable NodeState seen,
      boolean slow,
      boolean cutOff,
      List<Action> actions) {}

  /** How a node is. */
  enum State {
    UP,
    STARTING,
    PAUSED,
    KILLED
  }

  /**
   * A visitor did something to a node.
   *
   * @param at milliseconds since 1970
   */
  record Event(long at, Action action, String address) {}
}
