package io.distri.node;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.RandomValuePropertySource;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySource.StubPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Decides whether the program may start with the beans that were settled when it was built (Spring
 * AOT, {@code -Dspring.aot.enabled=true}), or has to settle them itself, which takes longer.
 *
 * <p>What beans there are depends on profiles and on properties that Spring Boot's and the node's
 * conditions ask for. The settled ones are those of a start with neither, so that they are good
 * only where nothing is set but what is read when a bean is made: that is what the list here holds.
 * All else, known or not, has the program settle its beans as if nothing had been settled: no
 * property and no profile is ever ignored. For the program alone; whoever settles the beans of an
 * application of theirs has Spring's rules.
 */
final class SettledBeans implements EnvironmentPostProcessor {
  private static final String ENABLED = "spring.aot.enabled";

  /** What the settled beans, or those who read the settings before there are beans, heed. */
  private static final List<String> HEEDED =
      List.of(
          "distri.node.",
          "logging.",
          "server.address",
          "server.port",
          "spring.aot.",
          "spring.application.",
          "spring.config.",
          "spring.ssl.");

  /**
   * Where conditions look. Of the names that the system sets, which are anyone's, others are no
   * settings.
   */
  private static final List<String> ASKED_FOR =
      List.of(
          "distri.",
          "logging.",
          "management.",
          "micrometer.",
          "otel.",
          "server.",
          "spring.",
          "springdoc.");

  private static final Set<String> OF_THE_SYSTEM =
      Set.of(
          StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
          StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (application.getMainApplicationClass() != CloudNodeApplication.class) {
      return;
    }
    if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
      requireFit(environment);
    } else if (Boolean.getBoolean(ENABLED)) {
      SpringProperties.setProperty(ENABLED, Boolean.toString(fit(environment)));
    }
  }

  /**
   * Fails the build of the program where it would settle the beans of the machine that builds it.
   */
  static void requireFit(ConfigurableEnvironment environment) {
    if (!fit(environment)) {
      throw new IllegalStateException(
          "The program's beans can't be settled here: a profile or a setting of this machine, such"
              + " as an environment variable SPRING_… or MANAGEMENT_…, would be built into it."
              + " Build without.");
    }
  }

  /** Tells whether they are the beans of a start with these settings. */
  static boolean fit(ConfigurableEnvironment environment) {
    return environment.getActiveProfiles().length == 0
        && environment.getPropertySources().stream().allMatch(SettledBeans::isHeeded);
  }

  /** Tells whether a condition may ask for the property. */
  static boolean isAskedFor(String name) {
    return startsWithOneOf(ASKED_FOR, uniform(name));
  }

  private static boolean isHeeded(PropertySource<?> source) {
    if (ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)
        || source instanceof StubPropertySource
        || source instanceof RandomValuePropertySource
        || source.getName().equals(NodeDefaults.NAME)) {
      return true;
    }
    if (!(source instanceof EnumerablePropertySource<?> listed)) {
      return false;
    }
    boolean system = OF_THE_SYSTEM.contains(source.getName());
    for (String name : listed.getPropertyNames()) {
      if (!startsWithOneOf(HEEDED, uniform(name)) && (!system || isAskedFor(name))) {
        return false;
      }
    }
    return true;
  }

  /** The name as in a file, whatever of an environment variable's spelling it came in. */
  private static String uniform(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '.').replace("-", "");
  }

  private static boolean startsWithOneOf(List<String> beginnings, String name) {
    return beginnings.stream().anyMatch(name::startsWith);
  }
}
