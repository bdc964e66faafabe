package io.distri.benchmarks.node;

import io.distri.protocol.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Nodes of one cluster, each in a process of its own, their files in a directory that goes with it.
 */
final class MeasuredCluster implements AutoCloseable {
  private final Path directory;
  private final List<HostPort> addresses;
  private final List<String> properties;
  private final boolean durable;
  private final List<NodeProcess> nodes = new ArrayList<>();

  /** Starts them one after the other; each is ready when this returns. */
  MeasuredCluster(int size, boolean durable, String... properties)
      throws IOException, InterruptedException {
    this.directory = Files.createTempDirectory(Path.of("target"), "cluster");
    Set<HostPort> free = new LinkedHashSet<>();
    while (free.size() < size) {
      free.add(NodeProcess.freeAddress());
    }
    this.addresses = List.copyOf(free);
    this.properties = List.of(properties);
    this.durable = durable;
    for (int node = 0; node < size; node++) {
      nodes.add(start(node));
    }
  }

  private NodeProcess start(int node) throws IOException, InterruptedException {
    HostPort address = addresses.get(node);
    List<String> all = new ArrayList<>(properties);
    all.add("--distri.node.cluster.secret-file=" + directory.resolve("secret"));
    all.add("--distri.node.identity.dir=" + directory.resolve("id-" + node));
    all.add(
        "--distri.node.nodes="
            + addresses.stream().map(HostPort::toString).collect(Collectors.joining(",")));
    if (durable) {
      all.add("--distri.node.db.data-dir=" + directory.resolve("db-" + node));
    }
    return new NodeProcess(address, all);
  }

  NodeProcess node(int number) {
    return nodes.get(number);
  }

  /** {@code host:port} of each. */
  List<String> addresses() {
    return addresses.stream().map(HostPort::toString).toList();
  }

  List<HostPort> hosts() {
    return addresses;
  }

  @Override
  public void close() throws IOException {
    nodes.forEach(NodeProcess::close);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
