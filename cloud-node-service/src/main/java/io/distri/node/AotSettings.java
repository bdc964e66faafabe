package io.distri.node;

import io.distri.node.start.NodeStartException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.aot.AotDetector;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * Refuses settings that the program can't honour when it starts with ahead-of-time beans (Spring
 * AOT), as the image does. Its build decided which beans there are, without profiles and with the
 * defaults of Spring Boot's properties. Applications that depend on the library decide for
 * themselves when they are built.
 */
final class AotSettings implements EnvironmentPostProcessor {

  /** Spring Boot's conditions read properties below these names. */
  private static final List<ConfigurationPropertyName> FIXED = names("management", "spring");

  /** Properties below these names are read at each start. */
  private static final List<ConfigurationPropertyName> READ =
      names("spring.aot", "spring.application", "spring.config", "spring.context", "spring.ssl");

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    boolean isFixed =
        AotDetector.useGeneratedArtifacts()
            || Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING);
    if (isFixed && application.getMainApplicationClass() == CloudNodeApplication.class) {
      fixedSetting(environment).ifPresent(AotSettings::refuse);
    }
  }

  private static void refuse(String setting) {
    throw new NodeStartException(
        setting + " can't be set here: the beans of this program were fixed when it was built.",
        "Start it with -Dspring.aot.enabled=false. For a container, set the entrypoint (in"
            + " Kubernetes the command) to: java @java.options -Dspring.aot.enabled=false -jar"
            + " node.jar");
  }

  /** The name of a setting that decides which beans there are. */
  static Optional<String> fixedSetting(ConfigurableEnvironment environment) {
    if (environment.getActiveProfiles().length > 0) {
      return Optional.of("The profile " + environment.getActiveProfiles()[0]);
    }
    return StreamSupport.stream(
            ConfigurationPropertySources.from(environment.getPropertySources()).spliterator(),
            false)
        .filter(AotSettings::isSetByUser)
        .flatMap(AotSettings::names)
        .filter(name -> isBelow(FIXED, name) && !isBelow(READ, name))
        .map(ConfigurationPropertyName::toString)
        .findFirst();
  }

  private static boolean isSetByUser(ConfigurationPropertySource source) {
    return !(source.getUnderlyingSource() instanceof PropertySource<?> own
        && own.getName().equals(NodeDefaults.NAME));
  }

  private static Stream<ConfigurationPropertyName> names(ConfigurationPropertySource source) {
    return source instanceof IterableConfigurationPropertySource listed
        ? listed.stream()
        : Stream.empty();
  }

  private static List<ConfigurationPropertyName> names(String... names) {
    return Stream.of(names).map(ConfigurationPropertyName::of).toList();
  }

  private static boolean isBelow(
      List<ConfigurationPropertyName> parents, ConfigurationPropertyName name) {
    return parents.stream().anyMatch(parent -> parent.isAncestorOf(name));
  }
}
