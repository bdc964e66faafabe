package io.distri.client;

import io.distri.protocol.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Addresses where no node answers. */
final class ClosedPort {

  private ClosedPort() {}

  /** One that refuses connections. */
  static HostPort refusing() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new HostPort("127.0.0.1", socket.getLocalPort());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** One that takes connections, by the kernel's hand, and never answers. */
  static ServerSocket blackHole() {
    try {
      return new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static String address(ServerSocket socket) {
    return "127.0.0.1:" + socket.getLocalPort();
  }
}
