package io.distri.protocol;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A program that asks another one on this machine how it is, and ends with 0 where the answer is
 * 200: the health check of images that have neither a shell nor curl. It uses as little of Java as
 * it can, because it starts every few seconds.
 *
 * <pre>HealthCheck PORT PATH</pre>
 */
public final class HealthCheck {
  private static final int PATIENCE_MS = 2_000;

  private HealthCheck() {}

  public static void main(String[] args) {
    System.exit(isHealthy(Integer.parseInt(args[0]), args[1]) ? 0 : 1);
  }

  /** Whether a GET of the path at the port answers 200, within seconds. Blocks meanwhile. */
  static boolean isHealthy(int port, String path) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
      socket.setSoTimeout(PATIENCE_MS);
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String status = answer.readLine();
      return status != null && status.startsWith("HTTP/1.1 200");
    } catch (IOException silent) {
      return false;
    }
  }
}
