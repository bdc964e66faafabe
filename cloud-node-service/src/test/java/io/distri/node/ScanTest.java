package io.distri.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.node.security.InternalClient;
import io.distri.protocol.identity.Identity;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** A node of the default profile answers what the contract names and nothing else. */
class ScanTest {
  /** All that the contract names, as the application registers it. */
  private static final Set<String> CONTRACT =
      Set.of(
          "GET /",
          "GET /dashboard",
          "GET /dashboard/{file}",
          "POST /services/{service}",
          "GET /nodes",
          "GET /probe",
          "GET /collections/{name}/changes",
          "GET /actuator/health",
          "GET /actuator/health/**",
          "GET /actuator/info",
          "GET /actuator/prometheus",
          "GET /v3/api-docs",
          "POST /internal/update-info",
          "POST /internal/join",
          "POST /internal/admin/nodes",
          "POST /internal/admin/token",
          "POST /internal/admin/whitelist",
          "POST /internal/admin/evict",
          "POST /internal/admin/leave",
          "POST /internal/admin/backup",
          "POST /internal/admin/restore",
          // Answers 404, and in the container's name what can't be parsed.
          "any /error");

  /** What comes along with Spring Boot or Tomcat where nobody prevents it. */
  private static final List<String> LEFT_OPEN_ELSEWHERE =
      List.of(
          "/actuator",
          "/actuator/beans",
          "/actuator/env",
          "/actuator/heapdump",
          "/actuator/loggers",
          "/actuator/mappings",
          "/actuator/metrics",
          "/actuator/shutdown",
          "/actuator/threaddump",
          "/error",
          "/fault",
          "/favicon.ico",
          "/index.html",
          "/v3/api-docs.yaml",
          "/webjars/",
          "/META-INF/MANIFEST.MF",
          "/application.properties",
          "/manager/html",
          "/internal/update-info");

  @TempDir static Path directory;
  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.alone("distri.node.cluster.secret-file=" + directory.resolve("secret"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void nothing_is_registered_beyond_the_contract() {
    assertThat(registered(node)).isEqualTo(new TreeSet<>(CONTRACT));
  }

  /** The routes of a node, such as {@code GET /nodes}. */
  static Set<String> registered(TestNode node) {
    Set<String> registered = new TreeSet<>();
    for (HandlerMapping mapping : node.context().getBeansOfType(HandlerMapping.class).values()) {
      if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
        methods.getHandlerMethods().keySet().forEach(info -> registered.addAll(routes(info)));
      } else if (mapping instanceof AbstractUrlHandlerMapping urls) {
        urls.getHandlerMap().keySet().forEach(path -> registered.add("any " + path));
      }
    }
    // Services are called at a servlet of their own.
    registered.add("POST /services/{service}");
    return registered;
  }

  @Test
  void two_servlets_answer_everything() {
    var servlets =
        ((ServletWebServerApplicationContext) node.context())
            .getServletContext()
            .getServletRegistrations();
    Map<String, Collection<String>> paths = new TreeMap<>();
    servlets.forEach((name, servlet) -> paths.put(name, servlet.getMappings()));
    assertThat(paths.values()).containsExactlyInAnyOrder(Set.of("/"), Set.of("/services/*"));
  }

  @Test
  void what_others_leave_open_is_not_here() throws Exception {
    for (String path : LEFT_OPEN_ELSEWHERE) {
      for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
        HttpRequest.Builder request =
            node.request(path).method(method, HttpRequest.BodyPublishers.noBody());
        assertThat(node.send(request).statusCode()).as(method + " " + path).isEqualTo(404);
      }
    }
  }

  @Test
  void no_path_takes_a_method_that_it_does_not_name() throws Exception {
    for (String route : CONTRACT) {
      String path = route.substring(route.indexOf(' ') + 1);
      if (path.contains("*") || path.startsWith("/internal/") || path.equals("/error")) {
        continue;
      }
      String concrete =
          path.replace("{service}", "Stats")
              .replace("{name}", "catalog")
              .replace("{file}", "page.css");
      for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH", "TRACE")) {
        if (route.startsWith(method)) {
          continue;
        }
        HttpRequest.Builder request =
            node.request(concrete).method(method, HttpRequest.BodyPublishers.noBody());
        assertThat(node.send(request).statusCode()).as(method + " " + concrete).isEqualTo(405);
      }
    }
  }

  @Test
  void on_the_internal_port_a_stranger_gets_as_far_as_the_door() throws Exception {
    try (InternalClient stranger = TestNode.internalClient(Identity.generate())) {
      Stream<String> all =
          Stream.concat(
              CONTRACT.stream().map(route -> route.substring(route.indexOf(' ') + 1)),
              LEFT_OPEN_ELSEWHERE.stream());
      for (String path : all.filter(path -> !path.contains("{")).toList()) {
        int expected = path.startsWith("/internal/") ? 403 : 404;
        int status =
            stranger
                .post(node.address().internal(), path, new byte[0], Duration.ofMinutes(5))
                .status();
        assertThat(status).as(path).isEqualTo(path.equals("/internal/join") ? 400 : expected);
      }
    }
  }

  private static List<String> routes(RequestMappingInfo info) {
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    String method = methods.isEmpty() ? "any" : methods.iterator().next().name();
    return info.getPatternValues().stream().map(path -> method + " " + path).toList();
  }
}
