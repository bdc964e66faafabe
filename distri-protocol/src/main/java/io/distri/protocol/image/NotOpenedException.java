package io.distri.protocol.image;

/**
 * The one answer to everything that can't be opened: damaged, truncated, hostile, somebody else's,
 * or no sealed image at all. It carries no cause, because a reason would tell a stranger who probes
 * with altered files how far they got.
 */
public final class NotOpenedException extends Exception {

  private static final long serialVersionUID = 1;

  NotOpenedException() {
    super("not a sealed image, or not for this key");
  }
}
