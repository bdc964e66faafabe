package io.distri.node.security;

import io.distri.node.start.NodeStartException;
import io.distri.protocol.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The local cluster secret: like a join token, but good any number of times, and from a few
 * addresses only. Immutable.
 */
public final class ClusterSecret {
  private static final int BYTES = 32;

  private final @Nullable JoinSecret secret;
  private final List<AddressRange> addresses;

  private ClusterSecret(@Nullable JoinSecret secret, List<AddressRange> addresses) {
    this.secret = secret;
    this.addresses = addresses;
  }

  /**
   * Reads the secret, or makes one at first start. Processes that start together agree on one.
   *
   * @param file none: there is no secret, and nobody can prove it
   * @throws NodeStartException where the file holds no secret, or can't be read or written
   */
  public static ClusterSecret of(@Nullable Path file, List<String> addresses) {
    List<AddressRange> ranges = addresses.stream().map(AddressRange::parse).toList();
    if (file == null) {
      return new ClusterSecret(null, ranges);
    }
    String text =
        NodeStartException.reading("distri.node.cluster.secret-file", () -> readOrMake(file));
    return new ClusterSecret(new JoinSecret(text.getBytes(StandardCharsets.UTF_8)), ranges);
  }

  private static String readOrMake(Path file) {
    try {
      if (!Files.exists(file)) {
        byte[] made = new byte[BYTES];
        new SecureRandom().nextBytes(made);
        DurableFile.create(
            file, (HexFormat.of().formatHex(made) + "\n").getBytes(StandardCharsets.US_ASCII));
      }
      String text = Files.readString(file).strip();
      if (text.length() < BYTES) {
        throw new IllegalArgumentException(file + " holds less than " + BYTES + " characters");
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be read or made", e);
    }
  }

  /** What is proven; empty without one. */
  public Optional<JoinSecret> secret() {
    return Optional.ofNullable(secret);
  }

  /** Whether the secret is good from this address, as the socket tells it. */
  public boolean goodFrom(@Nullable String remoteAddress) {
    return secret != null && addresses.stream().anyMatch(range -> range.contains(remoteAddress));
  }

  /** The id of the cluster that shares this secret; empty without one. */
  public Optional<String> clusterId() {
    return secret == null
        ? Optional.empty()
        : Optional.of(HexFormat.of().formatHex(secret.mac("distri cluster id v1"), 0, 16));
  }
}
