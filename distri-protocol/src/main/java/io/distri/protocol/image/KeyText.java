package io.distri.protocol.image;

import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.bech32.Bech32Address;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** Age's text of an X25519 key: Bech32 with a prefix that says which kind it is. */
final class KeyText {

  private KeyText() {}

  static String encode(String prefix, byte[] key) {
    return Bech32.getEncoder().encode(prefix, key).toString();
  }

  /**
   * Reads a key.
   *
   * @throws GeneralSecurityException where the text is malformed or of another kind
   */
  static byte[] decode(String prefix, String text) throws GeneralSecurityException {
    Bech32Address address;
    try {
      address = Bech32.getDecoder().decode(text);
    } catch (RuntimeException malformed) {
      throw new InvalidKeyException("not Bech32", malformed);
    }
    byte[] key = address.getData();
    if (!prefix.contentEquals(address.getHumanReadablePart()) || key.length != X25519.POINT_SIZE) {
      throw new InvalidKeyException("not a key of this kind");
    }
    return key;
  }
}
