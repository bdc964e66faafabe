package io.distri.benchmarks.node;

import io.distri.client.DistriClient;
import io.distri.client.DistriException;
import io.distri.client.DistriRequest;
import io.distri.protocol.HostPort;
import io.distri.protocol.ServiceNames;
import io.distri.protocol.image.AgeIdentity;
import io.distri.protocol.image.Covers;
import io.distri.protocol.image.SealedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures the load test's largest cell, 4 nodes and 2500 clients with 10 calls each of Encrypt,
 * compared with as many processes of a {@link PlainServer} behind the same client. The two
 * alternate, each with new processes: 500 calls a process to warm up, then a pause until compilers
 * are idle. Prints the mean time of a call in each round, and the ratio.
 */
public final class EncryptBesidePlainReport {
  private static final int PROCESSES = 4;
  private static final int CLIENTS = 2500;
  private static final int CALLS_EACH = 10;
  private static final int WARM_UP = 500;
  private static final int WARM_UP_CLIENTS = 16;
  private static final int ROUNDS = Integer.getInteger("rounds", 3);

  /** As {@code ./distri load-test} has them. */
  private static final List<String> JAVA = List.of("-Xmx512m", "-XX:+UseSerialGC");

  private static final Duration DEADLINE = Duration.ofMinutes(2);

  /** Processor time in a second that is idleness, milliseconds. */
  private static final long IDLE_MS = 100;

  private static final int LONGEST_PAUSE_SECONDS = 60;

  private final byte[] image = Photo.bytes();
  private final AgeIdentity identity = AgeIdentity.generate();
  private final DistriRequest encrypt =
      DistriRequest.to(ServiceNames.ENCRYPT)
          .params(identity.recipient().toString())
          .body(image)
          .build();
  private final LongAdder failed = new LongAdder();

  private EncryptBesidePlainReport() {}

  /** Takes no arguments; runs for some minutes. */
  public static void main(String[] arguments) throws Exception {
    new EncryptBesidePlainReport().run();
  }

  private void run() throws Exception {
    Path picture = Files.createTempFile("ready", ".png");
    try {
      Files.write(picture, sealed());
      double[] ratios = new double[ROUNDS];
      System.out.println("| round | nodes, mean | plain Spring MVC, mean | ratio |");
      System.out.println("|---|--:|--:|--:|");
      for (int round = 0; round < ROUNDS; round++) {
        double nodes = measure(MeasuredNode.class, picture);
        double plain = measure(PlainServer.class, picture);
        ratios[round] = nodes / plain;
        System.out.printf(
            Locale.ROOT,
            "| %d | %.2f s | %.2f s | %.2f |%n",
            round + 1,
            nodes,
            plain,
            ratios[round]);
      }
      Arrays.sort(ratios);
      System.out.printf(Locale.ROOT, "median ratio %.2f%n", ratios[ROUNDS / 2]);
      System.out.println("failed calls: " + failed.sum());
    } finally {
      Files.delete(picture);
    }
  }

  private byte[] sealed() throws IOException {
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    SealedImage.seal(
        new ByteArrayInputStream(image),
        image.length,
        List.of(identity.recipient()),
        Covers.shipped(),
        sealed);
    return sealed.toByteArray();
  }

  /** The mean time of a call, in seconds. */
  private double measure(Class<?> program, Path picture) throws Exception {
    List<NodeProcess> processes = new ArrayList<>();
    Path state = Files.createTempDirectory(Path.of("target"), "beside-plain");
    try {
      List<HostPort> addresses = addresses();
      for (HostPort address : addresses) {
        processes.add(
            new NodeProcess(
                program, JAVA, address, properties(address, addresses, state, picture)));
      }
      try (DistriClient client =
          DistriClient.builder()
              .nodes(addresses.stream().map(HostPort::toString).toList())
              .deadline(DEADLINE)
              .build()) {
        calls(client, WARM_UP_CLIENTS, WARM_UP * PROCESSES / WARM_UP_CLIENTS);
        awaitIdle(processes);
        return calls(client, CLIENTS, CALLS_EACH);
      }
    } finally {
      processes.forEach(NodeProcess::close);
    }
  }

  private static List<HostPort> addresses() throws IOException {
    List<HostPort> addresses = new ArrayList<>();
    while (addresses.size() < PROCESSES) {
      HostPort free = NodeProcess.freeAddress();
      if (!addresses.contains(free)) {
        addresses.add(free);
      }
    }
    return addresses;
  }

  private static List<String> properties(
      HostPort address, List<HostPort> all, Path state, Path picture) {
    String nodes = String.join(",", all.stream().map(HostPort::toString).toList());
    return List.of(
        "--server.address=" + address.host(),
        "--server.port=" + address.port(),
        "--management.endpoint.health.validate-group-membership=false",
        "--distri.node.nodes=" + nodes,
        "--distri.node.cluster.secret-file=" + state.resolve("secret"),
        "--" + MeasuredNode.PICTURE + "=" + picture);
  }

  /** So many clients with so many calls each, one after the other. Returns the mean in seconds. */
  private double calls(DistriClient client, int clients, int callsEach) {
    LongAdder nanos = new LongAdder();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < clients; number++) {
        threads.execute(() -> {
          for (int call = 0; call < callsEach; call++) {
            long begun = System.nanoTime();
            try {
              client.send(encrypt);
            } catch (DistriException e) {
              failed.increment();
            }
            nanos.add(System.nanoTime() - begun);
          }
        });
      }
    }
    return nanos.sum() / 1e9 / clients / callsEach;
  }

  private static void awaitIdle(List<NodeProcess> processes) throws InterruptedException {
    long before = cpuMillis(processes);
    for (int second = 0; second < LONGEST_PAUSE_SECONDS; second++) {
      TimeUnit.SECONDS.sleep(1);
      long now = cpuMillis(processes);
      if (now - before < IDLE_MS * PROCESSES) {
        return;
      }
      before = now;
    }
  }

  private static long cpuMillis(List<NodeProcess> processes) {
    return processes.stream().mapToLong(process -> process.cpuTime().toMillis()).sum();
  }
}
