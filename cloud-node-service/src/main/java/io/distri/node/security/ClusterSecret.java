package io.distri.node.security;

import io.distri.protocol.identity.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The local cluster secret: a join token that is good any number of times, but from a few addresses
 * only. It never travels: both sides prove with HMAC-SHA256 over both keys and both nonces that
 * they hold it, so that a proof is good for one connection between two nodes. Immutable.
 */
public final class ClusterSecret {
  private static final int BYTES = 32;

  private final byte @Nullable [] secret;
  private final List<AddressRange> addresses;

  private ClusterSecret(byte @Nullable [] secret, List<AddressRange> addresses) {
    this.secret = secret;
    this.addresses = addresses;
  }

  /**
   * Reads the secret, or makes one at first start. Processes that start together agree on one.
   *
   * @param file none: there is no secret, and nobody can prove it
   * @throws IllegalArgumentException where the file holds no secret
   * @throws UncheckedIOException where the file can't be read or written
   */
  public static ClusterSecret of(@Nullable Path file, List<String> addresses) {
    List<AddressRange> ranges = addresses.stream().map(AddressRange::parse).toList();
    if (file == null) {
      return new ClusterSecret(null, ranges);
    }
    try {
      if (!Files.exists(file)) {
        byte[] made = new byte[BYTES];
        new SecureRandom().nextBytes(made);
        PrivateFile.create(
            file, (HexFormat.of().formatHex(made) + "\n").getBytes(StandardCharsets.US_ASCII));
      }
      String text = Files.readString(file).strip();
      if (text.length() < BYTES) {
        throw new IllegalArgumentException(
            "distri.node.cluster.secret-file: "
                + file
                + " holds less than "
                + BYTES
                + " characters");
      }
      return new ClusterSecret(text.getBytes(StandardCharsets.UTF_8), ranges);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "distri.node.cluster.secret-file: " + file + " can't be read or made", e);
    }
  }

  /** Whether there is a secret at all. */
  public boolean present() {
    return secret != null;
  }

  /** Whether the secret is good from this address, as the socket tells it. */
  public boolean goodFrom(@Nullable String remoteAddress) {
    return secret != null && addresses.stream().anyMatch(range -> range.contains(remoteAddress));
  }

  /** The id of the cluster that shares this secret; empty without one. */
  public Optional<String> clusterId() {
    return secret == null
        ? Optional.empty()
        : Optional.of(HexFormat.of().formatHex(mac("distri cluster id v1"), 0, 16));
  }

  /** Which side of a join gives a proof. */
  public enum Side {
    NEWCOMER,
    MEMBER
  }

  /**
   * What a proof is bound to.
   *
   * @param newcomerKey id of the newcomer's key
   * @param memberKey id of the member's key
   */
  public record Meeting(
      String newcomerKey, String memberKey, byte[] newcomerNonce, byte[] memberNonce) {}

  /**
   * Proves that this side holds the secret.
   *
   * @throws IllegalStateException where there is none
   */
  public byte[] prove(Side side, Meeting meeting) {
    HexFormat hex = HexFormat.of();
    return mac(
        String.join(
            "|",
            "distri join v1",
            side.name(),
            meeting.newcomerKey,
            meeting.memberKey,
            hex.formatHex(meeting.newcomerNonce),
            hex.formatHex(meeting.memberNonce)));
  }

  /** Whether the other side's proof is good. */
  public boolean proves(byte[] proof, Side side, Meeting meeting) {
    return secret != null && MessageDigest.isEqual(proof, prove(side, meeting));
  }

  private byte[] mac(String text) {
    if (secret == null) {
      throw new IllegalStateException("there is no cluster secret");
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has HmacSHA256", impossible);
    }
  }
}
