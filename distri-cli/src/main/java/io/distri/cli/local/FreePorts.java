package io.distri.cli.local;

import io.distri.cli.terminal.Failure;
import io.distri.protocol.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Finds loopback addresses whose public and internal ports are free at the moment. */
public final class FreePorts {

  /** The port that the first node of an example has. */
  private static final int FIRST = 3000;

  /** The port that the first peer of an example has. */
  private static final int FIRST_PEER = 2000;

  /** The port of the first peer's page. */
  private static final int FIRST_PEER_PAGE = 2080;

  /**
   * Below it, a port and its internal port both lie under the range from which the system takes
   * ports for outgoing connections (Linux: from 32768), so none is taken between check and use.
   */
  private static final int LAST = 22_000;

  /** Away from where people run nodes. */
  private static final int FIRST_ANYWHERE = 11_000;

  /** Processes that look at the same time begin so many ports apart, in one of so many places. */
  private static final int APART = 100;

  private static final int PLACES = 100;

  /** Where the next nodes that may be anywhere begin, within this process's place. */
  private static final AtomicInteger NEXT = new AtomicInteger();

  private static final String LOOPBACK = "127.0.0.1";

  private FreePorts() {}

  /**
   * Addresses for so many nodes, from port 3000 on.
   *
   * @throws Failure where there aren't so many
   */
  public static List<HostPort> near3000(int count) {
    return from(FIRST, count);
  }

  /** Addresses for so many peers, from port 2000 on. */
  public static List<HostPort> peers(int count) {
    return from(FIRST_PEER, count);
  }

  /** Addresses for the pages of so many peers, from port 2080 on. */
  public static List<HostPort> peerPages(int count) {
    return from(FIRST_PEER_PAGE, count);
  }

  /**
   * Addresses for so many nodes, from a port on that depends on this process: another process that
   * asks at the same time gets others.
   *
   * @throws Failure where there aren't so many
   */
  public static List<HostPort> anywhere(int count) {
    int place = (int) (ProcessHandle.current().pid() % PLACES);
    int next = NEXT.getAndAdd(count) % APART;
    return from(FIRST_ANYWHERE + place * APART + next, count);
  }

  private static List<HostPort> from(int first, int count) {
    List<HostPort> free = new ArrayList<>();
    IntStream.range(first, LAST)
        .mapToObj(port -> new HostPort(LOOPBACK, port))
        .filter(address -> isFree(address) && isFree(address.internal()))
        .limit(count)
        .forEach(free::add);
    if (free.size() < count) {
      throw new Failure("No %s free ports between %s and %s.".formatted(count, first, LAST));
    }
    return free;
  }

  /** Whether a server could listen there now. */
  private static boolean isFree(HostPort address) {
    try (ServerSocket probe =
        new ServerSocket(address.port(), 1, InetAddress.getByName(address.host()))) {
      return probe.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
