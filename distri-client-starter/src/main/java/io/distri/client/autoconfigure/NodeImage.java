package io.distri.client.autoconfigure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of the CloudNode's container image. */
final class NodeImage {
  /** Its name, without registry and version. */
  static final String NAME = "distri/cloud-node";

  /** The port inside of the container that clients call. */
  static final int PORT = 3000;

  /** The variable that says which tokens it accepts. */
  static final String TOKENS = "DISTRI_NODE_ACCESS_TOKENS";

  private NodeImage() {}

  /** A node in a container, called by a token that it was told to accept. */
  record Details(List<String> nodes, @Nullable String token) implements DistriConnectionDetails {
    /**
     * @param host where its port is found
     * @param port the one that stands for {@link #PORT} there
     * @param tokens what {@link #TOKENS} says
     */
    static Details of(String host, int port, @Nullable String tokens) {
      return new Details(
          List.of("http://" + host + ":" + port),
          tokens == null || tokens.isBlank() ? null : tokens.split(",", 2)[0].strip());
    }

    /** Without the token. */
    @Override
    public String toString() {
      return "Details" + nodes;
    }
  }
}
