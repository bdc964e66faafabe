package io.distri.client;

import io.distri.protocol.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Addresses where no node answers as it should. */
final class BrokenNode {

  private BrokenNode() {}

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

  /** One that answers every connection's first bytes with this and keeps it open. */
  static ServerSocket answering(String text) {
    ServerSocket server = blackHole();
    Thread thread =
        new Thread(() -> {
          List<Socket> open = new ArrayList<>();
          try {
            while (true) {
              Socket socket = server.accept();
              open.add(socket);
              socket.getInputStream().read();
              socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            }
          } catch (IOException closed) {
            open.clear();
          }
        });
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  static String address(ServerSocket socket) {
    return "127.0.0.1:" + socket.getLocalPort();
  }
}
