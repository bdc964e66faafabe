package io.distri.client;

import io.distri.protocol.ProblemType;

/**
 * An error as a node tells it, RFC 9457.
 *
 * @param type a URI, {@code urn:distri:problem:<slug>} for the errors of the protocol, {@code
 *     about:blank} for any other
 * @param status of the HTTP response
 * @param title a few words, the same for every occurrence; may be empty
 * @param detail what was wrong and what to do; may be empty
 */
public record Problem(String type, int status, String title, String detail) {

  /** Whether it is this error of the protocol. */
  public boolean is(ProblemType which) {
    return type.equals(which.uri().toString());
  }

  /** One line for people. */
  @Override
  public String toString() {
    String text = detail.isEmpty() ? title : detail;
    return text.isEmpty() ? "status " + status : status + " " + text;
  }
}
