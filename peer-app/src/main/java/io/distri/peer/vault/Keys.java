package io.distri.peer.vault;

import io.distri.protocol.identity.Identity;
import io.distri.protocol.image.AgeIdentity;
import io.distri.protocol.image.AgeIdentityFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Objects;

/**
 * Who this peer is.
 *
 * @param id self-certifying
 * @param identity for TLS
 * @param age opens what is sealed for this peer
 */
public record Keys(PeerId id, Identity identity, AgeIdentity age) {

  /**
   * Reads the keys in a peer's directory, or makes them there.
   *
   * @param name of the person
   * @throws PeerStartException where the directory can't be read or written
   * @throws IllegalArgumentException where that can't be a name, or a file holds no key
   */
  public static Keys loadOrCreate(String name, Path directory) {
    try {
      Identity identity = Identity.loadOrCreate(directory.resolve("identity"));
      AgeIdentity age = AgeIdentityFile.loadOrCreate(directory.resolve("age-identity.txt"));
      return new Keys(PeerId.of(name, identity.certificate().getPublicKey()), identity, age);
    } catch (UncheckedIOException e) {
      throw PeerStartException.of("No keys in " + directory, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw PeerStartException.of("No keys in " + directory, e);
    }
  }

  /** The key that signatures are checked with. */
  public ECPublicKey publicKey() {
    return (ECPublicKey) identity.certificate().getPublicKey();
  }

  /** The key that signs. */
  public PrivateKey signingKey() {
    try {
      return (PrivateKey) identity.keyStore().getKey("distri", new char[0]);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("the key store was made in memory", impossible);
    }
  }
}
