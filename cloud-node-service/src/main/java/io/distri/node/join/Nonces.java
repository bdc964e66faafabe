package io.distri.node.join;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The nonces that this member gave to newcomers: each is good once, for one key, for a short time.
 * Safe for use by many threads.
 */
final class Nonces {
  private static final Duration GOOD_FOR = Duration.ofSeconds(30);

  /** Newcomers in mid-join; beyond it the oldest has to start again. */
  private static final int OPEN = 256;

  private record Given(String newcomerKey, long nanos) {}

  private final Map<String, Given> given = new LinkedHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final LongSupplier clock;

  /**
   * @param clock monotonic, in nanoseconds
   */
  Nonces(LongSupplier clock) {
    this.clock = clock;
  }

  /** A fresh nonce for a newcomer. */
  synchronized byte[] give(String newcomerKey) {
    byte[] nonce = new byte[JoinMessages.NONCE_BYTES];
    random.nextBytes(nonce);
    given.put(HexFormat.of().formatHex(nonce), new Given(newcomerKey, clock.getAsLong()));
    if (given.size() > OPEN) {
      given.remove(given.keySet().iterator().next());
    }
    return nonce;
  }

  /** Takes a nonce back; false where it isn't the one given, or was given too long ago. */
  synchronized boolean redeem(String newcomerKey, byte[] nonce) {
    Given before = given.remove(HexFormat.of().formatHex(nonce));
    return before != null
        && before.newcomerKey.equals(newcomerKey)
        && clock.getAsLong() - before.nanos < GOOD_FOR.toNanos();
  }
}
