package io.distri.cli.operator;

import io.distri.cli.terminal.AddressConverter;
import io.distri.protocol.HostPort;
import java.util.List;
import picocli.CommandLine.Option;

/** The node that gets an order. */
public final class AskedNode {

  @Option(
      names = "--ips",
      required = true,
      split = ",",
      paramLabel = "HOST:PORT",
      converter = AddressConverter.class,
      description = "The node to ask; others that follow it are not asked.")
  private List<HostPort> ips;

  @SuppressWarnings("NullAway.Init") // picocli sets the option
  public AskedNode() {}

  public HostPort address() {
    return ips.get(0);
  }
}
