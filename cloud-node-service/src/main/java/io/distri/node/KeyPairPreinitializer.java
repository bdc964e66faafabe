package io.distri.node;

import io.distri.protocol.identity.Identity;
import java.security.GeneralSecurityException;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;

/**
 * Has Java compute its tables for the curve of identities beside the first steps of the start: the
 * first key pair, signature or handshake needs them, and they take a tenth of what a start takes
 * one thread.
 */
final class KeyPairPreinitializer implements BackgroundPreinitializer {

  @Override
  public void preinitialize() throws GeneralSecurityException {
    Identity.newKeyPair();
  }
}
