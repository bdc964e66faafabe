package io.distri.node.start;

import org.jspecify.annotations.Nullable;

/** A node that can't start as it was told to; the message says why and the action what to do. */
public final class NodeStartException extends RuntimeException {
  private final String action;

  public NodeStartException(String message, String action) {
    super(message);
    this.action = action;
  }

  public NodeStartException(String message, String action, @Nullable Throwable cause) {
    super(message, cause);
    this.action = action;
  }

  public String action() {
    return action;
  }
}
