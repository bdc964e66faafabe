package io.distri.node.service;

import io.distri.node.problem.ProblemException;
import io.distri.protocol.ProblemType;
import io.distri.protocol.ServiceNames;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The services that this node offers, by name. Immutable. */
public final class ServiceRegistry {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final Map<String, CloudService> services = new TreeMap<>();

  /**
   * @throws IllegalStateException where two services have one name, or a name can't stand in a path
   */
  public ServiceRegistry(List<CloudService> services) {
    for (CloudService service : services) {
      String name = service.name();
      if (!NAME.matcher(name).matches()) {
        throw new IllegalStateException(
            "the service name '" + name + "' must be 1 to 64 of A-Z a-z 0-9 _ . -");
      }
      CloudService other = this.services.putIfAbsent(name, service);
      if (other != null) {
        throw new IllegalStateException(
            "two services are named '"
                + name
                + "': "
                + other.getClass().getName()
                + " and "
                + service.getClass().getName()
                + (builtIn(name) ? "; built-in names can't be taken" : ""));
      }
    }
  }

  private static boolean builtIn(String name) {
    return ServiceNames.DB.contains(name)
        || name.equals(ServiceNames.ENCRYPT)
        || name.equals(ServiceNames.STATS);
  }

  /** The names, sorted. */
  public List<String> names() {
    return List.copyOf(services.keySet());
  }

  /**
   * @throws ProblemException where there is no such service
   */
  CloudService find(String name) {
    CloudService service = services.get(name);
    if (service == null) {
      throw new ProblemException(
          ProblemType.UNKNOWN_SERVICE,
          "This node has no service '"
              + name
              + "'. It offers: "
              + String.join(", ", names())
              + ".");
    }
    return service;
  }
}
