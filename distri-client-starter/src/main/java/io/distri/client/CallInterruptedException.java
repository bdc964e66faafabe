package io.distri.client;

import java.util.List;

/**
 * The calling thread was interrupted before a node executed the call. The thread's interrupt flag
 * is set again.
 */
public final class CallInterruptedException extends DistriException {

  CallInterruptedException(String message, String service, List<NodeTry> tries) {
    super(message, service, tries);
  }

  @Override
  CallListener.Outcome outcome() {
    return CallListener.Outcome.INTERRUPTED;
  }
}
