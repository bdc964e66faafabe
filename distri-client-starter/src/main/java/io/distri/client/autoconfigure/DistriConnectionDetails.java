package io.distri.client.autoconfigure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where the cluster is. A bean of this type, from Docker Compose support or Testcontainers for
 * example, takes the place of {@code distri.client.nodes} and {@code distri.client.token}.
 */
public interface DistriConnectionDetails extends ConnectionDetails {

  /** First contacts: {@code http://host:port}, {@code host:port}, or {@code dns://name:port}. */
  List<String> nodes();

  /** The access token that the nodes ask for; null where they ask for none. */
  default @Nullable String token() {
    return null;
  }
}
