package io.distri.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Spring Boot settings that make an application a good node, below everything that the application
 * sets itself: users' own nodes get them too, without a copy.
 */
final class NodeDefaults implements EnvironmentPostProcessor {
  static final String NAME = "distri node defaults";

  private static final String FILE = "io/distri/node/defaults.properties";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    try {
      environment
          .getPropertySources()
          .addLast(new ResourcePropertySource(NAME, new ClassPathResource(FILE)));
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " is not in the jar", e);
    }
  }
}
