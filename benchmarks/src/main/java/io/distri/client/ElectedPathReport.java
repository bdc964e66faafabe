package io.distri.client;

import io.distri.benchmarks.node.NodeProcess;
import io.distri.benchmarks.node.Photo;
import io.distri.protocol.Headers;
import io.distri.protocol.HostPort;
import io.distri.protocol.ServiceNames;
import io.distri.protocol.image.AgeIdentity;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Measures how much longer a call takes on the client's whole path, gate, scores, probes and
 * election included, than the same exchange, over the same kind of transport, with a fixed node:
 * Encrypt of 80 KB. One node runs: of several, an election takes the one that is faster at the
 * moment, and the path came out a quarter faster than the fixed exchange. Calls of the two ways
 * take turns, and the mean ratio is given with its 95 % confidence interval (Student's t). In the
 * client's package, to reach its transport.
 */
public final class ElectedPathReport {

  private static final int WARM_UP_CALLS = 6000;
  private static final int CALLS = 1500;

  private static final int BLOCKS = 20;

  /** Quantile 0.975 of Student's t with {@link #BLOCKS} - 1 degrees of freedom. */
  private static final double T = 2.093;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final byte[] image = Photo.bytes();
  private final String recipient = AgeIdentity.generate().recipient().toString();
  private final Message message =
      new Message(
          "POST",
          "/services/" + ServiceNames.ENCRYPT + "?param=" + recipient,
          Map.of(Headers.DEADLINE_MS, Long.toString(TIMEOUT.toMillis())),
          image);

  private ElectedPathReport() {}

  /** Takes no arguments; runs for a minute or two. */
  public static void main(String[] arguments) throws Exception {
    try (NodeProcess node = new NodeProcess()) {
      new ElectedPathReport().measure(node.address());
    }
  }

  private void measure(HostPort node) {
    try (DistriClient client = DistriClient.builder().nodes(node.toString()).build();
        NodeTransport transport = new HttpTransport(1, null)) {
      block(client, transport, node, WARM_UP_CALLS);
      double[] ratios = new double[BLOCKS];
      for (int number = 0; number < BLOCKS; number++) {
        Block block = block(client, transport, node, CALLS);
        ratios[number] = (double) block.electedNanos / block.fixedNanos;
      }
      print(ratios);
    }
  }

  /**
   * What so many calls of each way took; they take turns, ABBA, so that both meet the same machine.
   */
  private record Block(long electedNanos, long fixedNanos) {}

  private Block block(DistriClient client, NodeTransport transport, HostPort node, int calls) {
    long elected = 0;
    long fixed = 0;
    for (int i = 0; i < calls; i += 2) {
      long begun = System.nanoTime();
      elect(client);
      long second = System.nanoTime();
      exchange(transport, node);
      exchange(transport, node);
      long fourth = System.nanoTime();
      elect(client);
      elected += second - begun + System.nanoTime() - fourth;
      fixed += fourth - second;
    }
    return new Block(elected, fixed);
  }

  private void elect(DistriClient client) {
    client.sendDataWithParams(image, ServiceNames.ENCRYPT, recipient);
  }

  private void exchange(NodeTransport transport, HostPort node) {
    Reply reply = transport.exchange(node, message, TIMEOUT);
    if (!(reply instanceof Reply.Answer answer) || answer.status() != 200) {
      throw new IllegalStateException("the node did not answer: " + reply);
    }
  }

  private static void print(double[] ratios) {
    double sum = 0;
    for (double ratio : ratios) {
      sum += ratio;
    }
    double mean = sum / BLOCKS;
    double squares = 0;
    for (double ratio : ratios) {
      squares += (ratio - mean) * (ratio - mean);
    }
    double margin = T * Math.sqrt(squares / (BLOCKS - 1) / BLOCKS);
    System.out.printf(
        Locale.ROOT,
        "elected / fixed, %d blocks of %d calls each: %.3f, 95 %% between %.3f and %.3f%n",
        BLOCKS,
        CALLS,
        mean,
        mean - margin,
        mean + margin);
  }
}
