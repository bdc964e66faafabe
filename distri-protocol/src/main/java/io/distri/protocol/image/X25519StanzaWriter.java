package io.distri.protocol.image;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.codec.CanonicalBase64;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.List;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** Wraps file keys for one recipient, each with a key pair that is used this once. */
final class X25519StanzaWriter implements RecipientStanzaWriter {

  /** First word of the stanza. */
  static final String TYPE = "X25519";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] recipient;

  /**
   * @param recipient the public key
   */
  X25519StanzaWriter(byte[] recipient) {
    this.recipient = recipient;
  }

  @Override
  public Iterable<RecipientStanza> getRecipientStanzas(FileKey fileKey) throws InvalidKeyException {
    byte[] secret = new byte[X25519.SCALAR_SIZE];
    X25519.generatePrivateKey(RANDOM, secret);
    byte[] share = new byte[X25519.POINT_SIZE];
    X25519.generatePublicKey(secret, 0, share, 0);
    FileKeyWrap wrap = FileKeyWrap.agree(secret, recipient, share, recipient);
    return List.of(
        new Stanza(
            CanonicalBase64.getEncoder().encodeToString(share), wrap.wrap(fileKey.getEncoded())));
  }

  private record Stanza(String share, byte[] body) implements RecipientStanza {

    @Override
    public String getType() {
      return TYPE;
    }

    @Override
    public List<String> getArguments() {
      return List.of(share);
    }

    @Override
    public byte[] getBody() {
      return body;
    }
  }
}
