package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Which settings a program with ahead-of-time beans refuses. */
class AotSettingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "distri.node.identity.ssl-bundle",
        "spring.ssl.bundle.pem.own.keystore.certificate",
        "spring.config.import",
        "server.address",
        "logging.level.io.distri",
        "PATH"
      })
  void settings_that_are_read_at_each_start_are_taken(String property) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("file", Map.of(property, "x")));
    new NodeDefaults().postProcessEnvironment(environment, null);
    assertThat(AotSettings.fixedSetting(environment)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"MANAGEMENT_OPENTELEMETRY_ENABLED", "SPRING_MAIN_LAZYINITIALIZATION"})
  void settings_that_conditions_read_are_refused(String variable) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                Map.of(variable, "x", "DISTRI_NODE_DB_DATADIR", "/data")));
    assertThat(AotSettings.fixedSetting(environment))
        .contains(variable.toLowerCase(java.util.Locale.ROOT).replace('_', '.'));
  }
}
