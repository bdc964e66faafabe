package io.distri.benchmarks.node;

import io.distri.client.DistriClient;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Counts what two nodes with 100,000 documents of 1 KB send each other to stay in step: all bytes
 * on their internal ports, see {@link WireMeter}.
 */
public final class SyncCostReport {
  private static final int DOCUMENTS = Integer.getInteger("documents", 100_000);
  private static final int WRITES = 200;
  private static final int DIFFERENCE = 100;
  private static final int IDLE_SECONDS = 20;

  private SyncCostReport() {}

  /** Takes no arguments; runs for some minutes. */
  public static void main(String[] arguments) throws Exception {
    try (MeasuredCluster two = new MeasuredCluster(2, true, "--distri.node.db.write-ack=local")) {
      fill(two);
      awaitEqual(two);
      WireMeter meter = new WireMeter(two.hosts());
      try {
        measure(two, meter);
      } finally {
        meter.end();
      }
    }
  }

  private static void measure(MeasuredCluster two, WireMeter meter) throws Exception {
    System.out.println("| " + DOCUMENTS + " documents of 1 KB in step | KB |");
    System.out.println("|---|---|");
    long before = meter.bytes();
    TimeUnit.SECONDS.sleep(IDLE_SECONDS);
    double idle = (double) (meter.bytes() - before) / IDLE_SECONDS;
    row("idle pair, per second, both directions", idle);
    long begun = System.nanoTime();
    before = meter.bytes();
    for (int i = 0; i < WRITES; i++) {
      update(two, i, 1);
      TimeUnit.MILLISECONDS.sleep(20);
    }
    awaitEqual(two);
    double heartbeats = idle * (System.nanoTime() - begun) / 1e9;
    row(
        "a write more, one at a time, less what the pair says when idle",
        (meter.bytes() - before - heartbeats) / WRITES);
    meter.cut();
    for (int i = 0; i < DIFFERENCE; i++) {
      update(two, i, 7);
    }
    before = meter.bytes();
    meter.heal();
    awaitEqual(two);
    row(
        "two nodes that were cut off and differ in " + DIFFERENCE + ", until they are equal",
        (double) (meter.bytes() - before));
  }

  private static void update(MeasuredCluster cluster, int number, int version) throws Exception {
    cluster.node(0).call("UpdateDocument?param=catalog", Documents.document(number, version));
  }

  private static void fill(MeasuredCluster cluster) throws Exception {
    try (DistriClient client = DistriClient.builder().nodes(cluster.addresses().get(0)).build()) {
      Documents.fill(client, DOCUMENTS);
    }
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

  private static void row(String what, double bytes) {
    System.out.printf(Locale.ROOT, "| %s | %.1f |%n", what, bytes / 1000);
  }
}
