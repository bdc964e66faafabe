package io.distri.node.security;

import java.util.Locale;

/** Why a call, or a connection, was refused; the tag by which it is counted. */
public enum Reason {
  /** No client certificate on the internal port. */
  NO_CERTIFICATE,
  /** A key that nobody lists, and that proved nothing. */
  UNKNOWN_KEY,
  /** A key that is listed for something else. */
  WRONG_ROLE,
  /** A key that was shut out for good. */
  EVICTED,
  /** From where no key is good. */
  FOREIGN_ADDRESS,
  /** A join token that was used by another, has ended, or was never made here. */
  BAD_TOKEN,
  /** A proof of a secret or a token that does not hold, or comes a second time. */
  BAD_PROOF,
  /** Of another cluster. */
  FOREIGN_CLUSTER,
  /** A second node with one key. */
  DUPLICATE_IDENTITY,
  /** A body over the limit. */
  TOO_LARGE,
  /** What can't be read. */
  MALFORMED,
  /** A path or a method that the internal port does not have. */
  NOT_FOUND,
  /** A connection that did not come to a good request in time. */
  SLOW,
  /** A connection over the number that strangers may hold. */
  CROWD,
  /** No bearer token on the public port. */
  NO_TOKEN,
  /** A bearer token that is none of those set. */
  UNKNOWN_TOKEN,
  /** A bearer token that was not looked at, since too many before it were wrong. */
  GUESSING,
  /** From a web page of another origin. */
  FOREIGN_ORIGIN,
  /** By a name that isn't this machine's. */
  FOREIGN_HOST,
  /** For another reason that the answer tells. */
  OTHER;

  /** The tag's value. */
  String tag() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What an answer by a handler, which gave no reason, was for. */
  static Reason ofStatus(int status) {
    return switch (status) {
      case 400 -> MALFORMED;
      case 404, 405 -> NOT_FOUND;
      case 409 -> FOREIGN_CLUSTER;
      case 413 -> TOO_LARGE;
      default -> OTHER;
    };
  }
}
