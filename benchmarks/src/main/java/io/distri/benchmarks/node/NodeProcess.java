package io.distri.benchmarks.node;

import io.distri.protocol.HostPort;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link MeasuredNode} in a process of its own, and the one connection on which it is called. */
public final class NodeProcess implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Process process;
  private final HostPort address;
  private final URI url;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Starts one, and waits until it is ready. */
  public NodeProcess() throws IOException, InterruptedException {
    this(Path.of(""));
  }

  /** Starts one, which returns this picture where it is asked for a ready one. */
  NodeProcess(Path picture) throws IOException, InterruptedException {
    this(freeAddress(), List.of("--" + MeasuredNode.PICTURE + "=" + picture));
  }

  /** Starts one at an address, with further properties. */
  NodeProcess(HostPort address, List<String> properties) throws IOException, InterruptedException {
    this(MeasuredNode.class, List.of(), address, properties);
  }

  /** Starts another program at an address, with options of Java. */
  NodeProcess(Class<?> program, List<String> options, HostPort address, List<String> properties)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(program.getName());
    command.add("--distri.node.address=" + address);
    command.addAll(properties);
    this.address = address;
    this.url = URI.create("http://" + address);
    this.process = new ProcessBuilder(command).inheritIO().start();
    awaitStart();
  }

  /** Where it is. */
  public HostPort address() {
    return address;
  }

  /** Calls a service; {@code path} is what follows {@code /services/}. */
  byte[] call(String path, byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/services/" + path))
            .timeout(ANSWER)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(path + " was answered with " + response.statusCode());
    }
    return response.body();
  }

  /** CPU time of the process so far, of all its threads; it goes up in steps of 10 ms. */
  Duration cpuTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  @Override
  public void close() {
    http.close();
    process.destroy();
    process.onExit().completeOnTimeout(process, ANSWER.toSeconds(), TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }

  private void awaitStart() throws IOException, InterruptedException {
    HttpRequest ready =
        HttpRequest.newBuilder(url.resolve("/actuator/health/readiness")).timeout(ANSWER).build();
    Instant end = Instant.now().plus(START);
    while (Instant.now().isBefore(end) && process.isAlive()) {
      try {
        if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It doesn't listen yet.
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    process.destroyForcibly();
    throw new IOException("the node did not start");
  }

  /** One whose internal port is free as well. */
  static HostPort freeAddress() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    while (true) {
      try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
        HostPort address = new HostPort(loopback.getHostAddress(), socket.getLocalPort());
        new ServerSocket(address.internal().port(), 1, loopback).close();
        return address;
      } catch (BindException taken) {
        // Another one, then.
      }
    }
  }
}
