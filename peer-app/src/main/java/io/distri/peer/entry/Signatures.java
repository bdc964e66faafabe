package io.distri.peer.entry;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import io.distri.peer.vault.Keys;
import io.distri.protocol.identity.KeyId;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.util.ConcurrentLruCache;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs entries and checks their signatures: JWS with ES256 (RFC 7515, 7518), the signer's public
 * key in the header. The key is worth what the id of the signer says: it must name that key. Safe
 * for use by many threads.
 */
public final class Signatures {

  /** Characters; a catalog entry with the largest thumbnail has fewer. */
  public static final int LONGEST = 64 * 1024;

  /**
   * While nobody listens to the directory it shows the same entries at every look, and checking one
   * takes half a millisecond. With thumbnails these take up to 90 MB.
   */
  private static final int REMEMBERED = 1024;

  /** An entry in which something is missing is none. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private final ConcurrentLruCache<String, Optional<Signed<Entry>>> checked =
      new ConcurrentLruCache<>(REMEMBERED, Signatures::check);

  /** Signs what this peer says. */
  public <E extends Entry> Signed<E> sign(E entry, Keys keys) {
    if (!entry.signer().equals(keys.id())) {
      throw new IllegalArgumentException("another peer's entry can't be signed here");
    }
    ECKey key = new ECKey.Builder(Curve.P_256, keys.publicKey()).build();
    JWSObject jws =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256).jwk(key).build(),
            new Payload(JSON.writerFor(Entry.class).writeValueAsString(entry)));
    try {
      jws.sign(new ECDSASigner(keys.signingKey(), Curve.P_256));
    } catch (JOSEException impossible) {
      throw new IllegalStateException("the key is of P-256", impossible);
    }
    return new Signed<>(entry, jws.serialize(), KeyId.of(keys.publicKey()));
  }

  /** The entry in a text from anyone; empty where it is none, or its signer did not sign it. */
  public Optional<Signed<Entry>> verify(String text) {
    return text.length() > LONGEST ? Optional.empty() : checked.get(text);
  }

  /** {@link #verify(String)}, where the entry is of that kind. */
  public <E extends Entry> Optional<Signed<E>> verify(String text, Class<E> kind) {
    return verify(text).flatMap(signed -> signed.as(kind));
  }

  /**
   * Whether two texts carry one act of signing. Of an ECDSA signature (r, s) anybody can make (r, n
   * − s), which is as good, but only the signer another r.
   */
  public static boolean isSameSignature(String one, String other) {
    return Arrays.equals(r(one), r(other));
  }

  private static byte[] r(String jws) {
    try {
      byte[] signature = JWSObject.parse(jws).getSignature().decode();
      return Arrays.copyOf(signature, signature.length / 2);
    } catch (ParseException e) {
      throw new IllegalArgumentException("not a signed entry", e);
    }
  }

  private static Optional<Signed<Entry>> check(String text) {
    try {
      JWSObject jws = JWSObject.parse(text);
      // One algorithm and nothing that asks for more, whatever the text would like.
      if (!JWSAlgorithm.ES256.equals(jws.getHeader().getAlgorithm())
          || jws.getHeader().getCriticalParams() != null
          || !(jws.getHeader().getJWK() instanceof ECKey jwk)
          || jwk.isPrivate()) {
        return Optional.empty();
      }
      ECPublicKey key = jwk.toECPublicKey();
      Entry entry = JSON.readValue(jws.getPayload().toString(), Entry.class);
      boolean authentic =
          entry != null && entry.signer().fits(key) && jws.verify(new ECDSAVerifier(key));
      return authentic
          ? Optional.of(new Signed<>(entry, jws.serialize(), KeyId.of(key)))
          : Optional.empty();
    } catch (ParseException | JOSEException | RuntimeException none) {
      return Optional.empty();
    }
  }
}
