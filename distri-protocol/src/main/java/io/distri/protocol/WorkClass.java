package io.distri.protocol;

import java.util.Locale;

/**
 * A kind of work that a node admits and measures by itself, so that a queue of one kind does not
 * hold up another.
 */
public enum WorkClass {
  /** Sealing images: bound by the processor. */
  ENCRYPT,
  /** The document DB. */
  DB,
  /** Services that users added. */
  USER;

  private final String key = name().toLowerCase(Locale.ROOT);

  /** The class of a service; every name that is not built in is a user's service. */
  public static WorkClass of(String service) {
    if (service.equals(ServiceNames.ENCRYPT)) {
      return ENCRYPT;
    }
    return ServiceNames.DB.contains(service) ? DB : USER;
  }

  /** The name in the {@code Distri-Load} header. */
  public String key() {
    return key;
  }
}
