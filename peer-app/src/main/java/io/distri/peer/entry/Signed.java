package io.distri.peer.entry;

import java.util.Optional;

/**
 * An entry whose signature was checked.
 *
 * @param jws the entry as its signer wrote it, a JWS in compact form (RFC 7515)
 * @param keyId of the signer's key, SHA-256 in hexadecimal
 */
public record Signed<E extends Entry>(E entry, String jws, String keyId) {

  /** The same, where the entry is of that kind. */
  public <T extends Entry> Optional<Signed<T>> as(Class<T> kind) {
    return kind.isInstance(entry)
        ? Optional.of(new Signed<>(kind.cast(entry), jws, keyId))
        : Optional.empty();
  }
}
