package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** When a start may take the beans that were settled at the build. */
class SettledBeansTest {

  /** A start with nothing set, but for what the machine sets. */
  private static StandardEnvironment start() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            system(Map.of("PATH", "/bin", "HOSTNAME", "here", "KUBERNETES_SERVICE_HOST", "there")));
    return environment;
  }

  private static PropertySource<?> system(Map<String, Object> variables) {
    return new SystemEnvironmentPropertySource(
        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables);
  }

  private static StandardEnvironment startWith(String... properties) {
    StandardEnvironment environment = start();
    environment.getPropertySources().addFirst(new MapPropertySource("file", map(properties)));
    return environment;
  }

  private static Map<String, Object> map(String... properties) {
    return Arrays.stream(properties)
        .map(property -> property.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  @Test
  void they_fit_a_start_with_settings_that_are_read_when_a_bean_is_made() {
    assertThat(SettledBeans.fit(start())).isTrue();
    assertThat(
            SettledBeans.fit(
                startWith(
                    "distri.node.address=127.0.0.1:3000",
                    "distri.node.identity.ssl-bundle=own",
                    "spring.ssl.bundle.pem.own.keystore.certificate=a.crt",
                    "server.address=0.0.0.0",
                    "logging.level.io.distri=DEBUG")))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "management.opentelemetry.enabled=true",
        "management.endpoints.web.exposure.include=*",
        "server.forward-headers-strategy=native",
        "spring.main.lazy-initialization=true",
        "spring.autoconfigure.exclude=some.Configuration",
        "spring.profiles.active=fault",
        "springdoc.api-docs.enabled=false",
        "my.own=1"
      })
  void they_do_not_fit_where_anything_else_is_set(String property) {
    assertThat(SettledBeans.fit(startWith(property))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MANAGEMENT_OPENTELEMETRY_ENABLED",
        "SPRING_PROFILES_ACTIVE",
        "SERVER_SERVLET_CONTEXTPATH"
      })
  void they_do_not_fit_where_the_environment_sets_anything_else(String variable) {
    StandardEnvironment environment = start();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            system(Map.of(variable, "x", "DISTRI_NODE_DB_DATADIR", "/data")));
    assertThat(SettledBeans.fit(environment)).isFalse();
  }

  @Test
  void they_do_not_fit_a_profile_however_it_was_chosen() {
    StandardEnvironment environment = start();
    environment.setActiveProfiles("fault");
    assertThat(SettledBeans.fit(environment)).isFalse();
  }

  @Test
  void they_do_not_fit_settings_that_cannot_be_listed() {
    StandardEnvironment environment = start();
    environment
        .getPropertySources()
        .addFirst(
            new PropertySource<Object>("remote", new Object()) {
              @Override
              public Object getProperty(String name) {
                return null;
              }
            });
    assertThat(SettledBeans.fit(environment)).isFalse();
  }

  @Test
  void no_condition_asks_for_a_property_that_the_environment_could_set_unnoticed() {
    Set<String> asked = new ConcurrentSkipListSet<>();
    AnnotationConfigServletWebServerApplicationContext context =
        new AnnotationConfigServletWebServerApplicationContext();
    context.getEnvironment().setConversionService(new ApplicationConversionService());
    new NodeDefaults().postProcessEnvironment(context.getEnvironment(), null);
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new PropertySource<Object>("asked", new Object()) {
              @Override
              public Object getProperty(String name) {
                asked.add(name);
                return null;
              }
            });
    context.register(CloudNodeApplication.class);
    context.refreshForAotProcessing(new RuntimeHints());
    assertThat(asked).contains("management.opentelemetry.enabled");
    // With the dot that a name under it would have, where a whole branch is asked for.
    assertThat(asked).allMatch(name -> SettledBeans.isAskedFor(name + "."));
    context.close();
  }

  @Test
  void a_machine_with_settings_of_its_own_does_not_build_them_in() {
    assertThatIllegalStateException()
        .isThrownBy(() -> SettledBeans.requireFit(startWith("spring.profiles.active=fault")))
        .withMessageContaining("Build without");
    assertThatNoException().isThrownBy(() -> SettledBeans.requireFit(start()));
  }
}
