package io.distri.client;

import io.distri.benchmarks.node.NodeProcess;
import io.distri.protocol.HostPort;
import io.distri.protocol.ServiceNames;
import io.distri.protocol.image.AgeIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Measures how much longer a call takes that elects its node than the same exchange, over the same
 * kind of transport, with one fixed node: Encrypt of 80 KB. Two nodes run, so that there is
 * something to elect; the fixed exchanges go to each in turn, so that both ways meet both nodes.
 * Blocks of the two ways take turns, and the mean ratio is given with its 95 % confidence interval
 * (Student's t). In the client's package, to reach its transport.
 */
public final class ElectedPathReport {

  private static final int IMAGE_BYTES = 80 * 1024;

  /** What the start of a JPEG looks like: the node looks no further. */
  private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0};

  private static final int WARM_UP_CALLS = 6000;
  private static final int CALLS = 400;
  private static final int BLOCKS = 20;

  /** Quantile 0.975 of Student's t with {@link #BLOCKS} - 1 degrees of freedom. */
  private static final double T = 2.093;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final byte[] image = new byte[IMAGE_BYTES];
  private final String recipient = AgeIdentity.generate().recipient().toString();

  private ElectedPathReport() {
    new Random(IMAGE_BYTES).nextBytes(image);
    System.arraycopy(JPEG, 0, image, 0, JPEG.length);
  }

  /** Takes no arguments; runs for a minute or two. */
  public static void main(String[] arguments) throws Exception {
    try (NodeProcess one = new NodeProcess();
        NodeProcess other = new NodeProcess()) {
      new ElectedPathReport().measure(List.of(one.address(), other.address()));
    }
  }

  private void measure(List<HostPort> nodes) {
    try (DistriClient client =
            DistriClient.builder().nodes(nodes.stream().map(HostPort::toString).toList()).build();
        NodeTransport transport = new HttpTransport(nodes.size(), null)) {
      elected(client, WARM_UP_CALLS);
      fixed(transport, nodes, WARM_UP_CALLS);
      double[] ratios = new double[BLOCKS];
      double fixedMicros = 0;
      for (int block = 0; block < BLOCKS; block++) {
        double fixed = fixed(transport, nodes, CALLS);
        ratios[block] = elected(client, CALLS) / fixed;
        fixedMicros += fixed / BLOCKS;
      }
      print(ratios, fixedMicros);
    }
  }

  /** Mean time of a call, in microseconds. */
  private double elected(DistriClient client, int calls) {
    long begun = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      client.sendDataWithParams(image, ServiceNames.ENCRYPT, recipient);
    }
    return (System.nanoTime() - begun) / 1e3 / calls;
  }

  /** Mean time of an exchange, in microseconds. */
  private double fixed(NodeTransport transport, List<HostPort> nodes, int calls) {
    String target = "/services/" + ServiceNames.ENCRYPT + "?param=" + recipient;
    Message message = new Message("POST", target, Map.of(), image);
    long begun = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      Reply reply = transport.exchange(nodes.get(i % nodes.size()), message, TIMEOUT);
      if (!(reply instanceof Reply.Answer answer) || answer.status() != 200) {
        throw new IllegalStateException("a node did not answer: " + reply);
      }
    }
    return (System.nanoTime() - begun) / 1e3 / calls;
  }

  private static void print(double[] ratios, double fixedMicros) {
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
        "elected / fixed, %d blocks of %d calls: %.3f, 95 %% between %.3f and %.3f"
            + " (an exchange took %.0f µs)%n",
        BLOCKS,
        CALLS,
        mean,
        mean - margin,
        mean + margin,
        fixedMicros);
  }
}
