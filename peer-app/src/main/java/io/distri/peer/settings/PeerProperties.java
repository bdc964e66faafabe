package io.distri.peer.settings;

import io.distri.protocol.HostPort;
import io.distri.protocol.OwnNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a peer is told.
 *
 * @param identifier The person's name in the directory: lower-case letters, digits and hyphens.
 * @param address Where other peers reach this one; it listens there.
 * @param dir Where keys, images and the ledger are kept.
 * @param syncInterval How often the own folder is looked at, and the directory where it can't be
 *     listened to.
 * @param maxImage Largest image that is shared or taken in.
 * @param web The page.
 */
@ConfigurationProperties("distri.peer")
public record PeerProperties(
    String identifier,
    @DefaultValue("127.0.0.1:2000") String address,
    Path dir,
    @DefaultValue("2s") Duration syncInterval,
    @DefaultValue("63MB") DataSize maxImage,
    @DefaultValue Web web) {

  /** A directory that is read more often than this is a burden on the nodes. */
  private static final Duration SHORTEST = Duration.ofMillis(100);

  /** What a node takes in one call, unless it was told otherwise. */
  private static final DataSize LARGEST = DataSize.ofMegabytes(64);

  /**
   * The page.
   *
   * @param address Where the page is.
   * @param token What a browser has to show; needed where the address is not loopback.
   * @param hosts Further names by which browsers may reach the page; the address's own, localhost
   *     and literal addresses are good without.
   */
  public record Web(
      @DefaultValue("127.0.0.1:2080") String address,
      @Nullable String token,
      @DefaultValue List<String> hosts) {

    /** Shorter ones can be guessed. */
    private static final int SHORTEST_TOKEN = 16;

    public Web {
      HostPort.parse(address);
      hosts = List.copyOf(hosts);
      for (String host : hosts) {
        if (!OwnNames.isName(host)) {
          throw new IllegalArgumentException(
              "distri.peer.web.hosts: '"
                  + host
                  + "' is no name: write it without scheme, port and"
                  + " *, such as alice.example.org");
        }
      }
      if (token != null && token.length() < SHORTEST_TOKEN) {
        throw new IllegalArgumentException(
            "distri.peer.web.token must have at least " + SHORTEST_TOKEN + " characters");
      }
    }

    /** Without the token. */
    @Override
    public String toString() {
      return "Web[" + address + "]";
    }
  }

  public PeerProperties {
    HostPort.parse(address);
    if (syncInterval.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "distri.peer.sync-interval is " + syncInterval + ": it must be at least " + SHORTEST);
    }
    if (maxImage.toBytes() < 1 || maxImage.compareTo(LARGEST) > 0) {
      throw new IllegalArgumentException(
          "distri.peer.max-image is " + maxImage + ": it must be between 1 B and " + LARGEST);
    }
  }
}
