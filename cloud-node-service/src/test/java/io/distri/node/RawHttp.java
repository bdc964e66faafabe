package io.distri.node;

import io.distri.protocol.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;

/** What Java's own client lets nobody send: any Host header, odd paths, and no HTTP at all. */
final class RawHttp {
  private static final int PATIENCE_MS = 60_000;

  private RawHttp() {}

  /** Sends bytes (ISO 8859-1) and returns what comes until the other side closes. */
  static String exchange(HostPort address, String request) throws IOException {
    try (Socket socket = new Socket(address.host(), address.port())) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Asks with an empty body.
   *
   * @param line method and target
   * @param headers further ones, or none
   * @return the whole answer
   */
  static String ask(HostPort address, String line, String host, String... headers)
      throws IOException {
    StringBuilder request = new StringBuilder(line + " HTTP/1.1\r\nHost: " + host + "\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return exchange(address, request + "Connection: close\r\nContent-Length: 0\r\n\r\n");
  }

  /** The status of an answer; 0 where there is none. */
  static int status(String answer) {
    return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
  }

  /** A header of an answer; empty where it isn't there. */
  static String header(String answer, String name) {
    String head = answer.substring(0, Math.max(0, answer.indexOf("\r\n\r\n")));
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  /** An address of this machine by which others reach it. */
  static String ownAddress() throws IOException {
    var found =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
            .map(InetAddress::getHostAddress)
            .findFirst();
    Assumptions.assumeTrue(found.isPresent(), "this machine has no address but loopback");
    return found.get();
  }
}
