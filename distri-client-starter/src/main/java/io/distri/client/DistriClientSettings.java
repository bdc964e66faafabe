package io.distri.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told. Messages of bad values name the property below {@code distri.client}.
 *
 * @param nodes first contacts: {@code http://host:port}, {@code host:port}, or {@code
 *     dns://name:port} for every address behind a name
 * @param token sent to every node; null where they ask for none
 * @param session whether reads see at least what this client wrote, on any node
 * @param deadline how long a call waits, all tries included, unless it says otherwise
 * @param maxInFlight most calls that are with the nodes at one time; more wait in line
 * @param retry how calls are sent again
 * @param election how the client learns of the nodes and their load
 */
public record DistriClientSettings(
    List<String> nodes,
    @Nullable AccessToken token,
    boolean session,
    Duration deadline,
    int maxInFlight,
    Retry retry,
    Election election) {

  /** Longer than any queue of a cluster that keeps up: its nodes hold a second's work each. */
  static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);

  /** With 2500 callers, 128 to 256 gave the most throughput and no failure. */
  static final int DEFAULT_MAX_IN_FLIGHT = 256;

  /** Sockets that one process may reasonably hold to a cluster. */
  private static final int MOST_IN_FLIGHT = 16_384;

  /** Long enough for any call; keeps nanoseconds far from overflow. */
  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * How calls are sent again.
   *
   * @param ambiguous how often an idempotent call is sent again after it became unclear whether a
   *     node executed it
   * @param backoff upper end of the first pause after all nodes refused; doubles each time
   * @param maxBackoff upper end of any pause
   */
  public record Retry(int ambiguous, Duration backoff, Duration maxBackoff) {

    /** Up to 3 nodes may hang and no call fails; 10 ms is about the time of a call. */
    public static final Retry DEFAULT = new Retry(3, Duration.ofMillis(10), Duration.ofSeconds(1));

    public Retry {
      between("retry.ambiguous", ambiguous, 0, 100);
      positive("retry.backoff", backoff);
      positive("retry.max-backoff", maxBackoff);
      if (maxBackoff.compareTo(backoff) < 0) {
        throw new IllegalArgumentException(
            "retry.max-backoff is %s: it must not be less than retry.backoff, which is %s"
                .formatted(maxBackoff, backoff));
      }
    }
  }

  /**
   * How the client learns of the nodes and their load.
   *
   * @param reportMaxAge age at which a node's load report is renewed by a probe, under traffic
   * @param probesPerCall most probes that one call sets off
   * @param probeTimeout how long a probe waits
   * @param tableRefresh how often the node table is read, under traffic
   * @param dnsRefresh how often {@code dns://} names are resolved again, under traffic
   */
  public record Election(
      Duration reportMaxAge,
      int probesPerCall,
      Duration probeTimeout,
      Duration tableRefresh,
      Duration dnsRefresh) {

    /** At most 4 probes a second and node, and a table about as old as nodes' own news. */
    public static final Election DEFAULT =
        new Election(
            Duration.ofMillis(250),
            3,
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5));

    public Election {
      positive("election.report-max-age", reportMaxAge);
      between("election.probes-per-call", probesPerCall, 1, 64);
      positive("election.probe-timeout", probeTimeout);
      positive("election.table-refresh", tableRefresh);
      positive("election.dns-refresh", dnsRefresh);
    }
  }

  public DistriClientSettings {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException(
          "nodes is empty: name at least one node, for example http://127.0.0.1:3000");
    }
    nodes.forEach(Contact::parse);
    positive("deadline", deadline);
    between("max-in-flight", maxInFlight, 1, MOST_IN_FLIGHT);
  }

  /** The defaults for these nodes: 30 s, 256 calls in flight, a session. */
  public static DistriClientSettings of(List<String> nodes) {
    return new DistriClientSettings(
        nodes,
        null,
        true,
        DEFAULT_DEADLINE,
        DEFAULT_MAX_IN_FLIGHT,
        Retry.DEFAULT,
        Election.DEFAULT);
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          name + " is " + value + ": it must be longer than nothing and at most a day");
    }
  }

  private static void between(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %s: it must be between %s and %s".formatted(name, value, least, most));
    }
  }
}
