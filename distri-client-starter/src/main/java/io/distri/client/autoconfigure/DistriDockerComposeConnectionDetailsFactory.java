package io.distri.client.autoconfigure;

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/**
 * Finds the nodes among the services of a Compose file that Spring Boot brings up. Those that
 * publish no port carry the label {@code org.springframework.boot.ignore}.
 */
final class DistriDockerComposeConnectionDetailsFactory
    extends DockerComposeConnectionDetailsFactory<DistriConnectionDetails> {

  DistriDockerComposeConnectionDetailsFactory() {
    super(NodeImage.NAME);
  }

  @Override
  protected DistriConnectionDetails getDockerComposeConnectionDetails(
      DockerComposeConnectionSource source) {
    RunningService service = source.getRunningService();
    return NodeImage.Details.of(
        service.host(), service.ports().get(NodeImage.PORT), service.env().get(NodeImage.TOKENS));
  }
}
