package io.distri.protocol.image;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.codec.CanonicalBase64;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** Unwraps the file keys that were wrapped for one identity. */
final class X25519StanzaReader implements RecipientStanzaReader {

  /** Of a share in base64 without padding. */
  private static final int SHARE_CHARACTERS = 43;

  private final byte[] secret;
  private final byte[] recipient;

  /**
   * @param recipient the public key that belongs to {@code secret}
   */
  X25519StanzaReader(byte[] secret, byte[] recipient) {
    this.secret = secret;
    this.recipient = recipient;
  }

  /**
   * Returns the key of the first stanza that is for this identity.
   *
   * @throws UnsupportedRecipientStanzaException where none is; the next identity is tried then
   */
  @Override
  public FileKey getFileKey(Iterable<RecipientStanza> stanzas)
      throws UnsupportedRecipientStanzaException {
    for (RecipientStanza stanza : stanzas) {
      if (stanza.getType().equals(X25519StanzaWriter.TYPE)) {
        try {
          return new FileKey(unwrap(stanza));
        } catch (GeneralSecurityException | IllegalArgumentException notThisOne) {
          // For another identity, or malformed: either way the next may be for this one.
        }
      }
    }
    throw new UnsupportedRecipientStanzaException("no stanza is for this identity");
  }

  private byte[] unwrap(RecipientStanza stanza) throws GeneralSecurityException {
    byte[] share = share(stanza);
    if (stanza.getBody().length != FileKeyWrap.WRAPPED_BYTES) {
      throw new GeneralSecurityException("a wrapped file key has another length");
    }
    return FileKeyWrap.agree(secret, share, share, recipient).unwrap(stanza.getBody());
  }

  private static byte[] share(RecipientStanza stanza) throws GeneralSecurityException {
    List<String> arguments = List.copyOf(stanza.getArguments());
    if (arguments.size() != 1 || arguments.get(0).length() != SHARE_CHARACTERS) {
      throw new GeneralSecurityException("a stanza has one share");
    }
    byte[] share =
        CanonicalBase64.getDecoder().decode(arguments.get(0).getBytes(StandardCharsets.US_ASCII));
    if (share.length != X25519.POINT_SIZE) {
      throw new GeneralSecurityException("a share has another length");
    }
    return share;
  }
}
