package io.distri.benchmarks.node;

import io.distri.client.DistriClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;

/**
 * Counts what nodes send each other to stay in step: all bytes on the loopback device, headers of
 * TCP and IP included, less what the clients' calls take on a node alone. It counts whatever else
 * is on that device, so it is run in a network namespace of its own (Linux):
 *
 * <pre>unshare -n sh -c 'ip link set lo up; ./mvnw -o -Pbenchmarks …'</pre>
 */
public final class SyncCostReport {
  private static final int DOCUMENTS = 100_000;
  private static final int WRITES = 200;
  private static final int DIFFERENCE = 100;
  private static final int IDLE_SECONDS = 20;

  private SyncCostReport() {}

  /** Takes no arguments; runs for some minutes. */
  public static void main(String[] arguments) throws Exception {
    double alone;
    try (MeasuredCluster one = new MeasuredCluster(1, false)) {
      alone = writes(one, 0) / WRITES;
    }
    System.out.println("| " + DOCUMENTS + " documents of 1 KB in step | KB |");
    System.out.println("|---|---|");
    try (MeasuredCluster two = new MeasuredCluster(2, true, "--distri.node.db.write-ack=local")) {
      fill(two);
      awaitEqual(two);
      long before = bytes();
      TimeUnit.SECONDS.sleep(IDLE_SECONDS);
      double idle = (double) (bytes() - before) / IDLE_SECONDS;
      row("idle pair, per second, both directions", idle);
      long begun = System.nanoTime();
      double all = writes(two, 0);
      awaitEqual(two);
      double heartbeats = idle * (System.nanoTime() - begun) / 1e9;
      row("a write more, per other node, one at a time", (all - heartbeats) / WRITES - alone);
      two.stop(1);
      for (int i = 0; i < DIFFERENCE; i++) {
        two.node(0).call("UpdateDocument?param=catalog", Documents.document(i, 7));
      }
      before = bytes();
      two.startAgain(1);
      awaitEqual(two);
      row(
          "a node that starts again and lacks " + DIFFERENCE + ", until both are equal",
          (double) (bytes() - before));
    }
  }

  private static void fill(MeasuredCluster cluster) throws Exception {
    try (DistriClient client = DistriClient.builder().nodes(cluster.addresses().get(0)).build()) {
      Documents.fill(client, DOCUMENTS);
    }
  }

  /** One after the other, each on its own. */
  private static double writes(MeasuredCluster cluster, int first) throws Exception {
    long before = bytes();
    for (int i = first; i < first + WRITES; i++) {
      cluster.node(0).call("UpdateDocument?param=catalog", Documents.document(i, 1));
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return bytes() - before;
  }

  private static void awaitEqual(MeasuredCluster cluster) throws Exception {
    while (!version(cluster, 0).equals(version(cluster, 1))) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static String version(MeasuredCluster cluster, int node) throws Exception {
    String stats =
        new String(cluster.node(node).call("Stats", new byte[0]), StandardCharsets.UTF_8);
    return stats.lines().filter(line -> line.contains("DB Version")).findFirst().orElseThrow();
  }

  private static long bytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/net/dev")).stream()
        .map(String::strip)
        .filter(line -> line.startsWith("lo:"))
        .mapToLong(line -> new Scanner(line.substring(3)).nextLong())
        .findFirst()
        .orElseThrow(() -> new IOException("there is no loopback device"));
  }

  private static void row(String what, double bytes) {
    System.out.printf(Locale.ROOT, "| %s | %.1f |%n", what, bytes / 1000);
  }
}
