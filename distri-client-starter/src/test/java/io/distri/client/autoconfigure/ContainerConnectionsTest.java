package io.distri.client.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.client.DistriClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** What Spring Boot's support for containers tells of nodes that run in some. */
class ContainerConnectionsTest {

  @Test
  void a_node_of_a_compose_file_is_found_by_its_image() {
    DistriConnectionDetails details =
        (DistriConnectionDetails)
            detailsOf("distri/cloud-node:1.2").get(DistriConnectionDetails.class);

    assertThat(details.nodes()).containsExactly("http://localhost:3001");
    assertThat(details.token()).isEqualTo("s3cret");
    assertThat(details.toString()).doesNotContain("s3cret");
  }

  @Test
  void other_services_of_a_compose_file_are_none_of_its_business() {
    assertThat(detailsOf("postgres:17")).doesNotContainKey(DistriConnectionDetails.class);
  }

  private static Map<Class<?>, ConnectionDetails> detailsOf(String image) {
    DockerComposeConnectionSource source = Mockito.mock();
    Mockito.when(source.getRunningService()).thenReturn(new Service(image));
    return new ConnectionDetailsFactories(ContainerConnectionsTest.class.getClassLoader())
        .getConnectionDetails(source, false);
  }

  /** A service whose port 3000 is published as 3001. */
  private record Service(String imageName) implements RunningService, ConnectionPorts {
    @Override
    public String name() {
      return "node-1";
    }

    @Override
    public ImageReference image() {
      return ImageReference.of(imageName);
    }

    @Override
    public String host() {
      return "localhost";
    }

    @Override
    public ConnectionPorts ports() {
      return this;
    }

    @Override
    public Map<String, String> env() {
      return Map.of("DISTRI_NODE_ACCESS_TOKENS", "s3cret, next");
    }

    @Override
    public Map<String, String> labels() {
      return Map.of();
    }

    @Override
    public int get(int containerPort) {
      return containerPort + 1;
    }

    @Override
    public List<Integer> getAll() {
      return List.of(3001);
    }

    @Override
    public List<Integer> getAll(String protocol) {
      return getAll();
    }
  }

  @Test
  void a_node_that_a_test_runs_in_a_container_takes_the_place_of_the_properties() {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                ServiceConnectionAutoConfiguration.class, DistriClientAutoConfiguration.class))
        .withUserConfiguration(NodeInContainer.class)
        .run(context -> {
          DistriConnectionDetails details = context.getBean(DistriConnectionDetails.class);
          assertThat(details.nodes()).containsExactly("http://docker.example:49153");
          assertThat(details.token()).isNull();
        });
  }

  @Configuration(proxyBeanMethods = false)
  static class NodeInContainer {
    @Bean
    @ServiceConnection(name = "distri/cloud-node")
    Container node() {
      return new Container();
    }
  }

  /** A container that is said to run, so that no engine is needed. */
  static final class Container extends GenericContainer<Container> {
    Container() {
      super(DockerImageName.parse("distri/cloud-node"));
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
      return true;
    }

    @Override
    public String getHost() {
      return "docker.example";
    }

    @Override
    public Integer getMappedPort(int originalPort) {
      return 49153;
    }
  }

  @Test
  void a_client_calls_all_nodes_that_are_known_by_details_of_their_own() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(DistriClientAutoConfiguration.class))
        .withBean("one", DistriConnectionDetails.class, () -> () -> List.of("127.0.0.1:1"))
        .withBean("two", DistriConnectionDetails.class, () -> () -> List.of("127.0.0.1:2"))
        .run(context -> assertThat(context.getBean(DistriClient.class).askStats()).hasSize(2));
  }
}
