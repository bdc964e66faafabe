package io.distri.node.start;

import io.distri.protocol.IoReason;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
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

  /**
   * Reads or makes files.
   *
   * @param property names where they are
   * @throws NodeStartException where that can't be done, or they are damaged
   */
  public static <T> T reading(String property, Supplier<T> read) {
    try {
      return read.get();
    } catch (UncheckedIOException e) {
      throw new NodeStartException(
          property + ": " + IoReason.of(e) + ".",
          "Choose a place that this process may read and write, on a disk with room.",
          e);
    } catch (IllegalArgumentException e) {
      throw new NodeStartException(
          property + ": " + e.getMessage() + ".", "Put back what was there, or move it away.", e);
    }
  }

  public String action() {
    return action;
  }
}
