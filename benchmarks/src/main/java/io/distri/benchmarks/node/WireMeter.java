package io.distri.benchmarks.node;

import io.distri.protocol.HostPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Counts the bytes that go to and from the internal ports of nodes on this machine, headers of IP
 * and TCP included, by rules of the kernel's packet filter: Linux, root, {@code iptables}.
 */
final class WireMeter {
  private final List<HostPort> nodes;

  WireMeter(List<HostPort> nodes) throws IOException, InterruptedException {
    this.nodes = nodes;
    rules("-A");
  }

  private void rules(String action) throws IOException, InterruptedException {
    for (HostPort node : nodes) {
      for (String side : List.of("--dport", "--sport")) {
        rule(action, side + " " + node.internal().port() + " -m comment --comment distri");
      }
    }
  }

  /** A rule for what comes in over loopback, by TCP. */
  private static void rule(String action, String rest) throws IOException, InterruptedException {
    iptables((action + " INPUT -i lo -p tcp " + rest).split(" "));
  }

  /** All that was counted so far. */
  long bytes() throws IOException, InterruptedException {
    return iptables("-nvxL", "INPUT")
        .lines()
        .filter(line -> line.contains("/* distri */"))
        .mapToLong(line -> Long.parseLong(line.strip().split(" +", 3)[1]))
        .sum();
  }

  private static String iptables(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "iptables";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("iptables, which root may run: " + said);
    }
    return said;
  }

  /** Cuts the nodes off from each other: whoever calls is refused. */
  void cut() throws IOException, InterruptedException {
    cut("-I");
  }

  /** Takes back a {@link #cut}. */
  void heal() throws IOException, InterruptedException {
    cut("-D");
  }

  private void cut(String action) throws IOException, InterruptedException {
    for (HostPort node : nodes) {
      rule(action, "--dport " + node.internal().port() + " -j REJECT --reject-with tcp-reset");
    }
  }

  /** Takes the counting back. */
  void end() throws IOException, InterruptedException {
    rules("-D");
  }
}
