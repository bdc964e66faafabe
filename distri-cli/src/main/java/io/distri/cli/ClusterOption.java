package io.distri.cli;

import io.distri.cli.terminal.AddressConverter;
import io.distri.client.DistriClient;
import io.distri.protocol.HostPort;
import java.util.List;
import picocli.CommandLine.Option;

/** The nodes of the cluster that a command calls. */
final class ClusterOption {

  @Option(
      names = "--ips",
      required = true,
      split = ",",
      paramLabel = "HOST:PORT",
      converter = AddressConverter.class,
      description = "Nodes of the cluster: one is enough, others are learned of.")
  private List<HostPort> ips;

  @SuppressWarnings("NullAway.Init") // picocli sets the option
  ClusterOption() {}

  /** A client of the cluster, which its user closes. */
  DistriClient client() {
    return DistriClient.builder().nodes(ips.stream().map(HostPort::toString).toList()).build();
  }
}
