package io.distri.node.security;

import io.distri.node.start.NodeStartException;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Refuses settings that would move the node's paths: other nodes, clients and probes call them, and
 * {@link AccessFilter} opens some of them to everybody.
 */
final class FixedPaths {
  /** Settings that move paths, with what they are by default. */
  private static final Map<String, String> PATHS =
      Map.of(
          "server.servlet.context-path", "",
          "spring.mvc.servlet.path", "/",
          "management.endpoints.web.base-path", "/actuator");

  private static final String MAPPING = "management.endpoints.web.path-mapping";

  private FixedPaths() {}

  /**
   * Looks at the settings.
   *
   * @throws NodeStartException where one of them moves a path
   */
  static void require(Environment environment) {
    Binder binder = Binder.get(environment);
    PATHS.forEach((property, usual) -> {
      String path = binder.bind(property, String.class).orElse(usual);
      requireUnset(property, path.isEmpty() || path.equals(usual));
    });
    boolean isMapped = binder.bind(MAPPING, Bindable.mapOf(String.class, String.class)).isBound();
    requireUnset(MAPPING, !isMapped);
  }

  private static void requireUnset(String property, boolean isUnset) {
    if (!isUnset) {
      throw new NodeStartException(
          property + " would move paths that other nodes, clients and probes call.",
          "Leave it unset: every node has the same paths.");
    }
  }
}
