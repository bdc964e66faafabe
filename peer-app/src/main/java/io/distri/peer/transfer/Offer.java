package io.distri.peer.transfer;

import org.jspecify.annotations.Nullable;

/**
 * What an owner says to a user who was answered.
 *
 * @param grant signed by the owner
 * @param parcel of the sealed image that comes next, signed by the owner; null where none was asked
 *     for yet
 */
public record Offer(String grant, @Nullable String parcel) {

  /** What the user says to it. */
  public enum Wish {
    /** Nothing more is needed. */
    DONE,
    /** The image is not here: seal it and offer it. */
    SEAL,
    /** The image is to be sent, from an offset on. */
    SEND
  }

  /**
   * The answer.
   *
   * @param from bytes of it that are there already
   */
  public record Reply(Wish wish, long from) {}
}
