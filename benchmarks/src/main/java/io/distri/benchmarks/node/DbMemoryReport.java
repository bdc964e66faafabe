package io.distri.benchmarks.node;

import io.distri.client.DistriClient;
import io.distri.client.DistriCollections;
import io.distri.client.DocumentQuery;
import io.distri.protocol.ServiceNames;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measures the heap of a node with 100,000 documents of 1 KB, each written by a named write, beside
 * their JSON; and what a read of them all adds to the heaps of node and reader in its middle.
 */
public final class DbMemoryReport {
  private static final int DOCUMENTS = Integer.getInteger("documents", 100_000);

  private DbMemoryReport() {}

  /** Takes no arguments; runs for some minutes. */
  public static void main(String[] arguments) throws Exception {
    try (MeasuredCluster one = new MeasuredCluster(1, false);
        DistriClient client = DistriClient.builder().nodes(one.addresses().get(0)).build()) {
      client.sendDataWithParams(Documents.document(0, 0), ServiceNames.UPDATE_DOCUMENT, "users");
      long before = nodeHeap(one);
      Documents.fill(client, DOCUMENTS);
      double json = (double) DOCUMENTS * Documents.document(0, 0).length;
      System.out.println("| " + DOCUMENTS + " documents of 1 KB | beside their JSON |");
      System.out.println("|---|---|");
      row("heap of a node that holds them", (nodeHeap(one) - before) / json);
      read(one, client, json);
    }
  }

  private static void read(MeasuredCluster one, DistriClient client, double json) throws Exception {
    DistriCollections collections = new DistriCollections(client);
    long ownBefore = heap();
    long nodeBefore = nodeHeap(one);
    int count = 0;
    try (Stream<ObjectNode> all = collections.stream("catalog", DocumentQuery.all())) {
      Iterator<ObjectNode> documents = all.iterator();
      while (documents.hasNext()) {
        documents.next();
        count++;
        if (count == DOCUMENTS / 2) {
          row(
              "heap that a read of all adds, in its middle, to the reader",
              (heap() - ownBefore) / json);
          row("… to the node", (nodeHeap(one) - nodeBefore) / json);
        }
      }
    }
    if (count != DOCUMENTS) {
      throw new IllegalStateException(count + " documents were read");
    }
  }

  /** In bytes, after a collection. */
  static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long nodeHeap(MeasuredCluster cluster) throws Exception {
    byte[] answer = cluster.node(0).call(MeasuredNode.HEAP, new byte[] {1});
    return Long.parseLong(new String(answer, StandardCharsets.US_ASCII));
  }

  private static void row(String what, double ratio) {
    System.out.printf(Locale.ROOT, "| %s | %.3f |%n", what, ratio);
  }
}
