package io.distri.protocol.image;

import java.io.IOException;

/**
 * What is wrong with a carrier, for tests and debuggers; it never leaves the package, where every
 * reason becomes a {@link NotOpenedException}.
 */
final class MalformedCarrierException extends IOException {

  private static final long serialVersionUID = 1;

  MalformedCarrierException(String reason) {
    super(reason);
  }
}
