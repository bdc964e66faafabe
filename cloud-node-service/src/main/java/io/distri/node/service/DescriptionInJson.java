package io.distri.node.service;

import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Takes the second form of the API's description away, which springdoc has no switch for: a node
 * answers what its contract names, and that is the one in JSON.
 */
final class DescriptionInJson implements SmartInitializingSingleton {
  private static final String YAML = "/v3/api-docs.yaml";

  private final RequestMappingHandlerMapping handlers;

  DescriptionInJson(RequestMappingHandlerMapping handlers) {
    this.handlers = handlers;
  }

  @Override
  public void afterSingletonsInstantiated() {
    List<RequestMappingInfo> yaml =
        handlers.getHandlerMethods().keySet().stream()
            .filter(info -> info.getPatternValues().stream().anyMatch(YAML::equals))
            .toList();
    yaml.forEach(handlers::unregisterMapping);
  }
}
