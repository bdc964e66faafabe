package io.distri.client;

import java.util.List;

/**
 * The deadline passed before there was an answer. Nothing was changed: either no node began, or the
 * call was one that only reads.
 */
public final class DeadlinePassedException extends DistriException {

  DeadlinePassedException(String message, String service, List<NodeTry> tries) {
    super(message, service, tries);
  }

  @Override
  CallListener.Outcome outcome() {
    return CallListener.Outcome.DEADLINE_PASSED;
  }
}
