package io.distri.protocol;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a node counted since it started; the answer of {@code Stats}. As JSON its fields keep these
 * names.
 *
 * @param node id of the node
 * @param address {@code host:port} where clients reach it
 * @param requestsReceived calls of services, whatever came of them
 * @param acceptedRequests those that were admitted
 * @param completedTasks those that ended well
 * @param failedTasks those that were admitted and ended in an error of the node's making
 * @param serverFails how often the node played dead, slow or silent (fault injection only)
 * @param totalTaskTimeMs sum over completed tasks, arrival to completion, in milliseconds
 * @param avgCompletionTimeMs mean of the same, in milliseconds; 0 before the first
 * @param inFlight calls that it holds now
 * @param dbVersion sum of the version vector
 * @param collections documents by collection; of the first {@value #MOST_COLLECTIONS} by name
 */
public record NodeStats(
    String node,
    String address,
    long requestsReceived,
    long acceptedRequests,
    long completedTasks,
    long failedTasks,
    long serverFails,
    double totalTaskTimeMs,
    double avgCompletionTimeMs,
    int inFlight,
    long dbVersion,
    Map<String, Integer> collections) {

  /** No answer tells of more. */
  public static final int MOST_COLLECTIONS = 1000;

  public NodeStats {
    TreeMap<String, Integer> byName = new TreeMap<>(collections);
    while (byName.size() > MOST_COLLECTIONS) {
      byName.pollLastEntry();
    }
    collections = Collections.unmodifiableMap(byName);
  }

  /** The readable report, with the labels of the original. */
  public String report() {
    String entries =
        collections.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue() + " entries")
            .collect(Collectors.joining(", "));
    return """
    Server Stats:
    Node: %s
    Requests Received: %s
    Accepted Requests: %s
    Completed Tasks: %s
    Failed Tasks: %s
    Server Fails: %s
    Total Task Time: %s
    Avg Completion Time: %s
    In Flight: %s
    DB Version: %s
    DB Data: %s
    """
        .formatted(
            node,
            requestsReceived,
            acceptedRequests,
            completedTasks,
            failedTasks,
            serverFails,
            duration(totalTaskTimeMs),
            duration(avgCompletionTimeMs),
            inFlight,
            dbVersion,
            entries);
  }

  /** Milliseconds up to a second, then seconds, with two decimals, as the original printed them. */
  private static String duration(double ms) {
    return ms < 1000
        ? String.format(Locale.ROOT, "%.2fms", ms)
        : String.format(Locale.ROOT, "%.2fs", ms / 1000);
  }
}
