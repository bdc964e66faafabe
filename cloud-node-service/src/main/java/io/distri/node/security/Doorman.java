package io.distri.node.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends connections to the internal port that come to nothing, so that strangers can't keep members
 * out by holding all that there may be: half-open handshakes, requests a byte at a time, or just
 * many. A connection is a stranger's until a request with a good key has come by it. It gets there
 * in time or ends; beyond a number of strangers the oldest end first. Members' connections are left
 * alone. Safe for use by many threads.
 */
final class Doorman implements AutoCloseable {
  /**
   * As long as a newcomer that joins may take: two seconds to connect and three for each of two
   * questions.
   */
  static final Duration PATIENCE = Duration.ofSeconds(8);

  /** A quarter of the connections; a cluster that starts has far fewer handshakes at once. */
  static final int MOST_STRANGERS = 128;

  private static final Duration ROUND = Duration.ofMillis(250);
  private static final Logger log = LoggerFactory.getLogger(Doorman.class);

  private final Supplier<Collection<SocketChannel>> connections;
  private final Refusals refusals;
  private final Set<SocketAddress> admitted = ConcurrentHashMap.newKeySet();

  /** When each stranger came, in nanoseconds; the rounds' alone. */
  private final Map<SocketChannel, Long> strangers = new HashMap<>();

  private final Set<SocketChannel> shownOut = new HashSet<>();
  private final Thread rounds = Thread.ofVirtual().name("doorman").unstarted(this::goRound);

  /**
   * @param connections those that are open
   */
  Doorman(Supplier<Collection<SocketChannel>> connections, Refusals refusals) {
    this.connections = connections;
    this.refusals = refusals;
  }

  /** Begins its rounds. */
  void start() {
    rounds.start();
  }

  private void goRound() {
    try {
      while (true) {
        Thread.sleep(ROUND);
        tryToLook();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryToLook() {
    try {
      look(System.nanoTime());
    } catch (RuntimeException bug) {
      log.error("a look at the connections to the internal port failed", bug);
    }
  }

  /** A request with a good key came by the connection from there. */
  void admit(String address, int port) {
    try {
      admitted.add(new InetSocketAddress(InetAddress.getByName(address), port));
    } catch (UnknownHostException impossible) {
      throw new IllegalArgumentException("a socket's peer has an address", impossible);
    }
  }

  private void look(long now) {
    // Taken first: a connection that is admitted from here on is not forgotten as one that ended.
    Set<SocketAddress> known = Set.copyOf(admitted);
    Set<SocketAddress> open = new HashSet<>();
    Set<SocketChannel> strange = new HashSet<>();
    for (SocketChannel connection : connections.get()) {
      SocketAddress from = peer(connection);
      open.add(from);
      if (!admitted.contains(from)) {
        strange.add(connection);
      }
    }
    known.stream().filter(from -> !open.contains(from)).forEach(admitted::remove);
    strangers.keySet().retainAll(strange);
    shownOut.retainAll(strange);
    strange.forEach(connection -> strangers.putIfAbsent(connection, now));
    showOut(now);
  }

  private void showOut(long now) {
    List<Map.Entry<SocketChannel, Long>> oldestFirst = new ArrayList<>(strangers.entrySet());
    oldestFirst.removeIf(stranger -> shownOut.contains(stranger.getKey()));
    oldestFirst.sort(Map.Entry.comparingByValue());
    int over = oldestFirst.size() - MOST_STRANGERS;
    for (int i = 0; i < oldestFirst.size(); i++) {
      Map.Entry<SocketChannel, Long> stranger = oldestFirst.get(i);
      if (now - stranger.getValue() > PATIENCE.toNanos()) {
        end(stranger.getKey(), Reason.SLOW);
      } else if (i < over) {
        end(stranger.getKey(), Reason.CROWD);
      }
    }
  }

  /**
   * Whoever reads from the connection finds its end and closes it, in its own time: closing it from
   * here would pull it from under a handshake or a request.
   */
  private void end(SocketChannel connection, Reason reason) {
    shownOut.add(connection);
    SocketAddress from = peer(connection);
    try {
      connection.shutdownInput();
      refusals.refused(
          reason,
          from instanceof InetSocketAddress address
              ? address.getAddress().getHostAddress()
              : from.toString());
    } catch (IOException gone) {
      log.debug("{} went by itself", from, gone);
    }
  }

  /** One that is closed meanwhile is no stranger any more by the next round. */
  private static SocketAddress peer(SocketChannel connection) {
    try {
      return connection.getRemoteAddress();
    } catch (IOException closed) {
      return InetSocketAddress.createUnresolved("closed", 0);
    }
  }

  @Override
  public void close() {
    rounds.interrupt();
  }
}
