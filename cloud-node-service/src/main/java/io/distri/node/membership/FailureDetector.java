package io.distri.node.membership;

import io.distri.protocol.NodeState;
import java.time.Duration;

/**
 * Judges a member by the time since it was last heard: heartbeats come every second. Pure.
 *
 * <p>A member that said it restarts is expected back and not suspected; one that left stays gone.
 */
final class FailureDetector {
  /** Two heartbeats missed, and the pause of a garbage collection on top. */
  static final Duration SUSPECT_AFTER = Duration.ofMillis(2500);

  /** Long enough for a process to be stopped and continued by hand. */
  static final Duration DEAD_AFTER = Duration.ofSeconds(6);

  private FailureDetector() {}

  /** The state of a member that said {@code said} when it was last heard. */
  static NodeState judge(NodeState said, Duration silent) {
    return switch (said) {
      case LEFT, RESTARTING -> said;
      case JOINING, UP, SUSPECT, DEAD -> {
        if (silent.compareTo(DEAD_AFTER) > 0) {
          yield NodeState.DEAD;
        }
        yield silent.compareTo(SUSPECT_AFTER) > 0 ? NodeState.SUSPECT : said;
      }
    };
  }
}
