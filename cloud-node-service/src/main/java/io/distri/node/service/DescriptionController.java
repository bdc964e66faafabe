package io.distri.node.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The API's description, as JSON, with the names of the services that this node offers. */
@RestController
final class DescriptionController {
  private static final String FILE = "/io/distri/node/openapi.yaml";

  /** Where the names of services go. */
  private static final String SERVICES = "/components/parameters/Service/schema/enum";

  /** Read when somebody asks first: no start waits for it. */
  private final Supplier<byte[]> description;

  DescriptionController(ServiceRegistry services, JsonMapper json) {
    this.description = SingletonSupplier.of(() -> describe(services, json));
  }

  private static byte[] describe(ServiceRegistry services, JsonMapper json) {
    ObjectNode description = json.valueToTree(load());
    ArrayNode names = description.withArray(SERVICES);
    services.names().forEach(names::add);
    return json.writeValueAsBytes(description);
  }

  private static Object load() {
    try (InputStream file =
        Objects.requireNonNull(DescriptionController.class.getResourceAsStream(FILE))) {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @GetMapping("/v3/api-docs")
  ResponseEntity<byte[]> description() {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(description.get());
  }
}
