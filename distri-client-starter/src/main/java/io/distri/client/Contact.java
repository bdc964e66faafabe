package io.distri.client;

import io.distri.protocol.HostPort;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A first contact as configured.
 *
 * @param address host or name, and port
 * @param everyAddress whether the host is a name with a node behind each of its addresses
 */
record Contact(HostPort address, boolean everyAddress) {

  private static final String HTTP = "http://";
  private static final String DNS = "dns://";

  /**
   * Reads {@code http://host:port}, {@code host:port} or {@code dns://name:port}.
   *
   * @throws IllegalArgumentException where it can't be read, with a message for people
   */
  static Contact parse(String text) {
    if (text.indexOf('@') >= 0) {
      // Not quoted: what stands before the @ may be a password.
      throw new IllegalArgumentException(
          "nodes holds an address with an @: write host:port; the access token goes into token");
    }
    String plain = text.strip();
    String lower = plain.toLowerCase(Locale.ROOT);
    boolean everyAddress = lower.startsWith(DNS);
    if (everyAddress) {
      plain = plain.substring(DNS.length());
    } else if (lower.startsWith(HTTP)) {
      plain = plain.substring(HTTP.length());
    }
    if (plain.endsWith("/")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    HostPort address;
    try {
      address = HostPort.parse(plain);
    } catch (IllegalArgumentException malformed) {
      throw unreadable(text, malformed);
    }
    if (address.port() == 0) {
      throw unreadable(text, null);
    }
    return new Contact(address, everyAddress);
  }

  private static IllegalArgumentException unreadable(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "nodes holds '"
            + text
            + "': write http://host:port, host:port, or dns://name:port for every address behind a"
            + " name",
        cause);
  }
}
