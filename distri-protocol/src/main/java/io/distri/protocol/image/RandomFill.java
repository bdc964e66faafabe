package io.distri.protocol.image;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Bytes that can't be told from an age payload: the ChaCha20 keystream of a key that nobody keeps.
 * {@link SecureRandom} alone would cost more than the seal.
 */
final class RandomFill {

  private static final String CHACHA20 = "ChaCha20";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;

  private final Cipher keystream;

  RandomFill() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    try {
      keystream = Cipher.getInstance(CHACHA20);
      keystream.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, CHACHA20),
          // The key is used once, so any nonce will do.
          new ChaCha20ParameterSpec(new byte[NONCE_BYTES], 0));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java has no " + CHACHA20, missing);
    }
  }

  /** Overwrites the array with the next random bytes. */
  void next(byte[] random) {
    Arrays.fill(random, (byte) 0);
    try {
      keystream.update(random, 0, random.length, random);
    } catch (GeneralSecurityException tooShort) {
      throw new IllegalStateException("a stream cipher returns what it gets", tooShort);
    }
  }
}
