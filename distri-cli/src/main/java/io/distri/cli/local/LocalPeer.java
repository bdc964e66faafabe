package io.distri.cli.local;

import io.distri.cli.terminal.Failure;
import io.distri.protocol.HostPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A peer as a process on this machine, which ends when this is closed and when this process ends,
 * however it does. Safe for use by many threads.
 */
public final class LocalPeer implements AutoCloseable {

  /** Enough for the largest image: it is whole in memory only while the cloud seals it. */
  private static final String HEAP = "-Xmx256m";

  private final Home home;
  private final String name;
  private final HostPort address;
  private final HostPort web;
  private final List<HostPort> nodes;
  private final List<String> properties;
  private final PeerEndpoint endpoint;
  private ProgramProcess process;

  private LocalPeer(
      Home home,
      String name,
      HostPort address,
      HostPort web,
      List<HostPort> nodes,
      List<String> properties) {
    this.home = home;
    this.name = name;
    this.address = address;
    this.web = web;
    this.nodes = nodes;
    this.properties = properties;
    this.endpoint = new PeerEndpoint(home.peerDirectory(name));
    this.process = launch();
  }

  /**
   * Starts a peer, without waiting until it is there.
   *
   * @param web where its page will be
   * @param properties as on its command line
   */
  public static LocalPeer start(
      Home home,
      String name,
      HostPort address,
      HostPort web,
      List<HostPort> nodes,
      String... properties) {
    return new LocalPeer(home, name, address, web, nodes, List.of(properties));
  }

  private ProgramProcess launch() {
    String ips =
        nodes.stream().map(node -> "," + node).collect(Collectors.joining("", "" + address, ""));
    List<String> command =
        new ArrayList<>(
            List.of(
                "peer",
                "--stop-at-end-of-input",
                "--identifier",
                name,
                "--web",
                web.toString(),
                "--ips",
                ips));
    command.addAll(properties);
    return ProgramProcess.start(
        "Peer " + name, home, directory().resolve("run").resolve("peer.log"), HEAP, command);
  }

  /**
   * Waits until it answers.
   *
   * @param out is told what a long wait is for
   * @throws Failure where it does not
   */
  public void awaitUp(Consumer<String> out) {
    program().awaitUp("to answer", endpoint::isUp, out);
  }

  public String name() {
    return name;
  }

  /** Where its page is. */
  public String url() {
    return "http://" + web;
  }

  public Path directory() {
    return home.peerDirectory(name);
  }

  public PeerEndpoint endpoint() {
    return endpoint;
  }

  public synchronized boolean isAlive() {
    return process.isAlive();
  }

  private synchronized ProgramProcess program() {
    return process;
  }

  /** Ends it as {@code kill -9} does. */
  public synchronized void kill() {
    process.kill();
  }

  /** Starts it again with what it had on its disk, without waiting until it is there. */
  public synchronized void revive() {
    if (!process.isAlive()) {
      process = launch();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
