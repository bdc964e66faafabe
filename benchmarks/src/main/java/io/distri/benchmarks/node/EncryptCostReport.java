package io.distri.benchmarks.node;

import io.distri.protocol.ServiceNames;
import io.distri.protocol.image.AgeIdentity;
import io.distri.protocol.image.Covers;
import io.distri.protocol.image.SealedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures how much CPU time a node on loopback takes for an Encrypt of 80 KB, beside a call of a
 * service that takes the same bytes and returns a ready picture of the same size, and beside the
 * sealing alone. The three take turns; what is printed are medians over the rounds.
 */
public final class EncryptCostReport {

  /** Enough for the node's compilers to be done. */
  private static final int WARM_UP_CALLS = 8000;

  /** In each turn; so many that a step of the process's CPU clock is about a percent. */
  private static final int CALLS = 800;

  private static final int ROUNDS = 21;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final byte[] image = Photo.bytes();
  private final Covers covers = Covers.shipped();
  private final AgeIdentity identity = AgeIdentity.generate();
  private final String encrypt = ServiceNames.ENCRYPT + "?param=" + identity.recipient();
  private final ByteArrayOutputStream sealed = new ByteArrayOutputStream();

  private EncryptCostReport() {}

  /** Takes no arguments; runs for some minutes. */
  public static void main(String[] arguments) throws Exception {
    new EncryptCostReport().run();
  }

  private void run() throws Exception {
    Path picture = Files.createTempFile("ready", ".png");
    try {
      seal();
      Files.write(picture, sealed.toByteArray());
      try (NodeProcess node = new NodeProcess(picture)) {
        measure(node);
      }
    } finally {
      Files.delete(picture);
    }
  }

  private void measure(NodeProcess node) throws Exception {
    calls(node, encrypt, WARM_UP_CALLS);
    calls(node, MeasuredNode.READY_PICTURE, WARM_UP_CALLS);
    seals(WARM_UP_CALLS);
    double[] encrypts = new double[ROUNDS];
    double[] readies = new double[ROUNDS];
    double[] seals = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      encrypts[round] = calls(node, encrypt, CALLS);
      readies[round] = calls(node, MeasuredNode.READY_PICTURE, CALLS);
      seals[round] = seals(CALLS);
      ratios[round] = encrypts[round] / (readies[round] + seals[round]);
    }
    System.out.println("| CPU time, median of " + ROUNDS + " rounds | 80 KB |");
    System.out.println("|---|---|");
    System.out.printf(
        Locale.ROOT, "| Encrypt / (ready picture + seal alone) | %.2f |%n", median(ratios));
    line("Encrypt, the node", encrypts);
    line("ready picture, the node", readies);
    line("seal alone", seals);
  }

  /** CPU time that the node takes for each of so many calls, in microseconds. */
  private double calls(NodeProcess node, String path, int count)
      throws IOException, InterruptedException {
    Duration before = node.cpuTime();
    for (int i = 0; i < count; i++) {
      node.call(path, image);
    }
    return node.cpuTime().minus(before).toNanos() / 1e3 / count;
  }

  /** CPU time that this thread takes for sealing each of so many times, in microseconds. */
  private double seals(int count) throws IOException {
    long before = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < count; i++) {
      seal();
    }
    return (THREADS.getCurrentThreadCpuTime() - before) / 1e3 / count;
  }

  private void seal() throws IOException {
    sealed.reset();
    SealedImage.seal(
        new ByteArrayInputStream(image),
        image.length,
        List.of(identity.recipient()),
        covers,
        sealed);
  }

  private static void line(String name, double[] micros) {
    System.out.printf(Locale.ROOT, "| (%s, µs) | (%.0f) |%n", name, median(micros));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
