package io.distri.protocol;

import java.net.InetSocketAddress;

/**
 * An address as people write it: {@code host:port}, with an IPv6 host in brackets.
 *
 * @param host name or literal address, without brackets
 * @param port 1 to 65535, or 0 for one that the system picks
 */
public record HostPort(String host, int port) {

  /** How far a node's internal port lies from its public one. */
  private static final int INTERNAL_OFFSET = 10_000;

  /**
   * From here on systems take ports for outgoing connections: Linux from 32768 to 60999, others
   * from 49152. A server that starts finds one of these taken at random.
   */
  private static final int EPHEMERAL = 32_768;

  /** The highest port. */
  private static final int LAST = 65_535;

  public HostPort {
    if (host.isBlank() || !host.matches("[A-Za-z0-9_.:%-]+")) {
      throw new IllegalArgumentException("'" + host + "' is not a host name or an address");
    }
    if (port < 0 || port > LAST) {
      throw new IllegalArgumentException(port + " is not a port: it must be between 1 and 65535");
    }
  }

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException where it can't be read, with a message for people
   */
  public static HostPort parse(String text) {
    String trimmed = text.strip();
    int colon = trimmed.lastIndexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("'" + text + "' is not an address: write host:port");
    }
    String host = trimmed.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an address: write an IPv6 host in brackets, [::1]:3000");
    }
    try {
      return new HostPort(host, Integer.parseInt(trimmed.substring(colon + 1)));
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an address: the port must be a number", malformed);
    }
  }

  /**
   * Where the node that serves clients here listens for other nodes, unless told otherwise: at the
   * port + 10000; where the system could take that for a connection, at the port − 10000, − 20000
   * and so on, below 32768 ({@code docs/decisions/0027-internal-port.md}).
   */
  public HostPort internal() {
    int internal = port + INTERNAL_OFFSET;
    if (internal >= EPHEMERAL) {
      internal = port - INTERNAL_OFFSET;
      while (internal >= EPHEMERAL) {
        internal -= INTERNAL_OFFSET;
      }
    }
    return new HostPort(host, internal);
  }

  /** Where a node of version 0.1 that serves clients here listens for other nodes. */
  public HostPort internalOfVersion01() {
    int internal = port <= LAST - INTERNAL_OFFSET ? port + INTERNAL_OFFSET : port - INTERNAL_OFFSET;
    return new HostPort(host, internal);
  }

  /** Resolves the host; the result is unresolved where its name is unknown. Blocks on DNS. */
  public InetSocketAddress resolve() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
