package io.distri.cli.loadtest;

import java.nio.file.Path;
import java.util.List;

/**
 * What is to be tested.
 *
 * @param servers node counts; for each of them, that many nodes are started
 * @param clients client counts, tested one after the other on the same nodes
 * @param load how the clients make their calls
 * @param warmUp calls for each node before its first test, which don't count
 * @param out directory of the results
 */
public record Plan(
    Kind kind, List<Integer> servers, List<Integer> clients, Load load, int warmUp, Path out) {

  /** The original's client counts. */
  public static final List<Integer> ORIGINAL_CLIENTS =
      List.of(5, 25, 50, 100, 250, 500, 1000, 1500, 2500);

  /** The original's node counts, of its larger test. */
  public static final List<Integer> ORIGINAL_SERVERS = List.of(1, 2, 3, 4, 5, 6, 7);

  public Plan {
    servers = List.copyOf(servers);
    clients = List.copyOf(clients);
  }

  /** Rounds that the whole plan has on one count of nodes. */
  long rounds() {
    return clients.stream().mapToLong(count -> load.rounds(count, kind.calls())).sum();
  }

  /** A file of the results. */
  Path file(String extension) {
    return out.resolve(kind.key() + load.suffix() + extension);
  }

  /** What is done, in sentences. */
  List<String> description() {
    return List.of(
        "Load test %s: %s. All clients of a test share one DistriClient."
            .formatted(kind.key(), kind.task()),
        load.description(),
        warmUp == 0
            ? "Without a warm-up."
            : ("After a warm-up of %s calls a node, which don't count, and when nodes and clients are"
                    + " at rest.")
                .formatted(warmUp));
  }
}
