package io.distri.client.autoconfigure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.testcontainers.containers.Container;

/** Connects to a node that a test runs in a container under {@code @ServiceConnection}. */
final class DistriContainerConnectionDetailsFactory
    extends ContainerConnectionDetailsFactory<Container<?>, DistriConnectionDetails> {

  DistriContainerConnectionDetailsFactory() {
    super(NodeImage.NAME);
  }

  @Override
  protected DistriConnectionDetails getContainerConnectionDetails(
      ContainerConnectionSource<Container<?>> source) {
    return new ContainerDetails(source);
  }

  /** The port is known once the container runs. */
  private static final class ContainerDetails extends ContainerConnectionDetails<Container<?>>
      implements DistriConnectionDetails {

    ContainerDetails(ContainerConnectionSource<Container<?>> source) {
      super(source);
    }

    private NodeImage.Details details() {
      Container<?> node = getContainer();
      return NodeImage.Details.of(
          node.getHost(),
          node.getMappedPort(NodeImage.PORT),
          node.getEnvMap().get(NodeImage.TOKENS));
    }

    @Override
    public List<String> nodes() {
      return details().nodes();
    }

    @Override
    public @Nullable String token() {
      return details().token();
    }
  }
}
