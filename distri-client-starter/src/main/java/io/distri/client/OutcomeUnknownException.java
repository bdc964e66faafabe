package io.distri.client;

import java.util.List;

/**
 * A node may or may not have executed the call: the connection broke or stayed silent after the
 * request was sent, and it could not be sent again. Read before writing again.
 */
public final class OutcomeUnknownException extends DistriException {

  OutcomeUnknownException(String message, String service, List<NodeTry> tries) {
    super(message, service, tries);
  }

  @Override
  CallListener.Outcome outcome() {
    return CallListener.Outcome.OUTCOME_UNKNOWN;
  }
}
