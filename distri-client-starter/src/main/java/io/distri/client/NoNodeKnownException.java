package io.distri.client;

import java.util.List;

/** There is no node to call: none of the configured names has an address. Nothing was executed. */
public final class NoNodeKnownException extends DistriException {

  NoNodeKnownException(String message, String service) {
    super(message, service, List.of());
  }

  @Override
  CallListener.Outcome outcome() {
    return CallListener.Outcome.NO_NODE_KNOWN;
  }
}
