package io.distri.client;

import java.util.List;

/**
 * Every node that could have served the call refused it until the deadline, or the client itself
 * had no room left. Nothing was executed: the same call may be made again.
 */
public final class RefusedEverywhereException extends DistriException {

  RefusedEverywhereException(String message, String service, List<NodeTry> tries) {
    super(message, service, tries);
  }

  @Override
  CallListener.Outcome outcome() {
    return CallListener.Outcome.REFUSED_EVERYWHERE;
  }
}
