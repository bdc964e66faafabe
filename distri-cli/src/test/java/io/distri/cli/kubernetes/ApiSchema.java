package io.distri.cli.kubernetes;

import com.google.gson.JsonElement;
import io.distri.cli.kubernetes.Manifests.Node;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.util.ModelMapper;
import java.lang.reflect.InvocationTargetException;

/** The Kubernetes API's own schema, as its Java client carries it. */
final class ApiSchema {
  private ApiSchema() {}

  /** Throws where a manifest has an unknown field, lacks one, or has a value of another type. */
  static void check(Node manifest) throws ReflectiveOperationException {
    String[] version = manifest.at("apiVersion").text().split("/", 2);
    String group = version.length == 1 ? "" : version[0];
    Class<?> type =
        ModelMapper.getApiTypeClass(group, version[version.length - 1], manifest.kind());
    // Of a version that it does not know it takes another.
    String expected = version[version.length - 1] + manifest.kind();
    if (type == null || !type.getSimpleName().equalsIgnoreCase(expected)) {
      throw new IllegalArgumentException(
          "unknown: " + manifest.at("apiVersion").text() + " " + manifest.kind());
    }
    JsonElement json = JSON.getGson().toJsonTree(manifest.value());
    try {
      type.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(
          manifest.kind() + " " + manifest.name() + ": " + refused.getCause().getMessage());
    }
    JSON.getGson().fromJson(json, type);
  }
}
