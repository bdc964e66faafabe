package io.distri.cli.loadtest;

import java.nio.file.Path;
import java.util.List;

/**
 * What is to be tested.
 *
 * @param servers node counts; for each of them, that many nodes are started
 * @param clients client counts, tested one after the other on the same nodes
 * @param tasks that each client does
 * @param out directory of the results
 */
public record Plan(Kind kind, List<Integer> servers, List<Integer> clients, int tasks, Path out) {

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
    return clients.stream().mapToLong(Integer::longValue).sum() * tasks;
  }
}
