package io.distri.peer.progress;

/**
 * A moment between two things that can't be done together. A peer may be killed at each of them,
 * and goes on from what is on its disk: the tests do so.
 */
public enum Step {
  /** The user's request is in its book, and nowhere else. */
  REQUESTED,
  /** The request is in the directory. */
  REQUEST_PUBLISHED,
  /** The owner's book has the request. */
  REQUEST_RECEIVED,
  /** The grant is in the owner's book, and nowhere else. */
  GRANTED,
  /** The grant is in the directory. */
  GRANT_PUBLISHED,
  /** The image is sealed for its user, the owner has not signed for it. */
  SEALED,
  /** The owner has signed for the sealed image. */
  PACKED,
  /** The user's book has the grant. */
  GRANT_RECEIVED,
  /** Some of the image's bytes are on the user's disk. */
  BYTES_RECEIVED,
  /** All of them are, and were not looked at. */
  IMAGE_RECEIVED,
  /** What the owner signed is in its place, the image is not. */
  PARCEL_PLACED,
  /** The image is in its place, the owner does not know. */
  IMAGE_PLACED,
  /** The owner knows and has thrown the packed image away, its book does not say so. */
  DELIVERED,
  /** The owner's book says so, its page does not yet. */
  DELIVERY_NOTED,
  /** The user's book says that its request was answered, the directory still has the request. */
  ANSWER_NOTED,
  /** A view may be taken, and is not. */
  VIEW_CHECKED,
  /** The user's book says that it is spent, the directory does not. */
  VIEW_SPENT,
  /** The directory says so, nothing was shown. */
  VIEW_REPORTED,
  /** The image was shown, the view is not closed. */
  VIEW_SHOWN,
  /** The owner's book has the use. */
  USE_RECEIVED,
  /** The image of which no view is left is gone, what the owner signed with it is not. */
  IMAGE_REMOVED
}
