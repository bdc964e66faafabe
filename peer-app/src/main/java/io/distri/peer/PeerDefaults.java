package io.distri.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Spring Boot settings that make an application a good peer, below everything that it is told.
 * Other applications on the same class path, such as a node, are left alone, and their defaults
 * come after these.
 */
final class PeerDefaults implements EnvironmentPostProcessor, Ordered {
  private static final String FILE = "io/distri/peer/defaults.properties";

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE - 10;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (!application.getAllSources().contains(PeerApplication.class)) {
      return;
    }
    try {
      environment
          .getPropertySources()
          .addLast(new ResourcePropertySource("distri peer defaults", new ClassPathResource(FILE)));
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " is not in the jar", e);
    }
  }
}
