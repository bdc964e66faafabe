package io.distri.protocol.image;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.util.Arrays;

/**
 * How the key of an age file is wrapped for one recipient: the X25519 recipient stanza of the <a
 * href="https://c2sp.org/age">age file encryption format</a>. X25519 is of RFC 7748, HKDF-SHA-256
 * of RFC 5869, ChaCha20-Poly1305 of RFC 8439.
 */
final class FileKeyWrap {

  static final int FILE_KEY_BYTES = 16;

  /** Of a wrapped file key: the key and its tag. */
  static final int WRAPPED_BYTES = FILE_KEY_BYTES + 16;

  private static final int TAG_BITS = 128;
  private static final int NONCE_BYTES = 12;
  private static final byte[] INFO =
      "age-encryption.org/v1/X25519".getBytes(StandardCharsets.US_ASCII);

  private final byte[] wrapKey;

  private FileKeyWrap(byte[] wrapKey) {
    this.wrapKey = wrapKey;
  }

  /**
   * The wrap of one file for one recipient. The two keys are those of one side: the ephemeral
   * secret and the recipient's public key, or the recipient's secret and the ephemeral share.
   *
   * @param share the ephemeral public key, which the stanza carries
   * @throws InvalidKeyException where the public key is one that every secret agrees with
   */
  static FileKeyWrap agree(byte[] secret, byte[] publicKey, byte[] share, byte[] recipient)
      throws InvalidKeyException {
    byte[] shared = new byte[X25519.POINT_SIZE];
    if (!X25519.calculateAgreement(secret, 0, publicKey, 0, shared, 0)) {
      throw new InvalidKeyException("the public key is a point of low order");
    }
    HKDFBytesGenerator derivation = new HKDFBytesGenerator(new SHA256Digest());
    derivation.init(new HKDFParameters(shared, Arrays.concatenate(share, recipient), INFO));
    byte[] wrapKey = new byte[32];
    derivation.generateBytes(wrapKey, 0, wrapKey.length);
    return new FileKeyWrap(wrapKey);
  }

  /** Wraps the file's key. */
  byte[] wrap(byte[] fileKey) {
    try {
      return process(true, fileKey);
    } catch (InvalidCipherTextException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Unwraps the file's key.
   *
   * @throws GeneralSecurityException where it was wrapped for someone else
   */
  byte[] unwrap(byte[] wrapped) throws GeneralSecurityException {
    try {
      return process(false, wrapped);
    } catch (InvalidCipherTextException foreign) {
      throw new GeneralSecurityException("not wrapped for this key", foreign);
    }
  }

  // The nonce is zero, because the key is used this once.
  private byte[] process(boolean wrap, byte[] in) throws InvalidCipherTextException {
    ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
    cipher.init(
        wrap, new AEADParameters(new KeyParameter(wrapKey), TAG_BITS, new byte[NONCE_BYTES]));
    byte[] out = new byte[cipher.getOutputSize(in.length)];
    int written = cipher.processBytes(in, 0, in.length, out, 0);
    cipher.doFinal(out, written);
    return out;
  }
}
