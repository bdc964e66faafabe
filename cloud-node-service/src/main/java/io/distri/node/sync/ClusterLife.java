package io.distri.node.sync;

import io.distri.node.admission.AdmissionControl;
import io.distri.node.db.DocumentStore;
import io.distri.node.join.Joiner;
import io.distri.node.local.LocalNode;
import io.distri.node.membership.Member;
import io.distri.node.security.ClusterId;
import io.distri.protocol.NodeState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * This node's way into the cluster and out of it. It starts once the ports are open: joins, catches
 * up, serves. Told to stop, before the ports close, it refuses new calls, ends those it holds,
 * hands its writes over and says that it restarts, or left.
 */
final class ClusterLife implements SmartLifecycle {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  private static final Duration KNOCK_AGAIN = Duration.ofSeconds(1);

  /** How often the others are asked what they took over. */
  private static final Duration TELL_AGAIN = Duration.ofMillis(100);

  /**
   * Two rounds of pulls and a slow answer in each. It is far less than deletions are remembered.
   */
  private static final Duration HAND_OVER = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(ClusterLife.class);

  private final LocalNode self;
  private final ClusterId cluster;
  private final Links links;
  private final Heartbeat heartbeat;
  private final SyncRound rounds;
  private final DocumentStore documents;
  private final AckBoard board;
  private final AdmissionControl admission;
  private final Duration drainTimeout;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean running;

  /**
   * @param drainTimeout how long calls under way may take at most
   */
  ClusterLife(
      LocalNode self,
      ClusterId cluster,
      Links links,
      Heartbeat heartbeat,
      SyncRound rounds,
      DocumentStore documents,
      AckBoard board,
      AdmissionControl admission,
      Duration drainTimeout) {
    this.self = self;
    this.cluster = cluster;
    this.links = links;
    this.heartbeat = heartbeat;
    this.rounds = rounds;
    this.documents = documents;
    this.board = board;
    this.admission = admission;
    this.drainTimeout = drainTimeout;
  }

  /** After the web server starts, before it begins to stop. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 512;
  }

  @Override
  public void start() {
    running = true;
    threads.execute(heartbeat);
    threads.execute(this::join);
  }

  private void join() {
    try {
      List<Joiner.Outcome> outcomes = links.knock();
      while (mustWait(outcomes)) {
        TimeUnit.NANOSECONDS.sleep(KNOCK_AGAIN.toNanos());
        outcomes = links.knock();
      }
      for (Joiner.Outcome outcome : outcomes) {
        if (outcome instanceof Joiner.Joined joined && caughtUp(joined.member())) {
          break;
        }
      }
      if (self.move(NodeState.JOINING, NodeState.UP)) {
        links.wake();
      }
      links.keepKnocking();
      rounds.run();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Whether this node can't serve yet: it is in no cluster so far, or it was evicted, or another
   * runs under its identity. The latter may be its own record, where it crashed and was started at
   * another address, until that counts as dead.
   */
  private boolean mustWait(List<Joiner.Outcome> outcomes) {
    return cluster.value().isEmpty()
        || (outcomes.stream().anyMatch(Joiner.ShutOut.class::isInstance)
            && outcomes.stream().noneMatch(Joiner.Joined.class::isInstance))
        || outcomes.stream().anyMatch(Joiner.DuplicateIdentity.class::isInstance);
  }

  private boolean caughtUp(Member member) throws InterruptedException {
    try {
      rounds.pull(member);
      return true;
    } catch (IOException e) {
      log.warn("could not catch up from the node at {}: {}", member.address(), e.getMessage());
      return false;
    }
  }

  @Override
  public void stop() {
    boolean served = self.move(NodeState.UP, self.end());
    if (served || self.move(NodeState.JOINING, self.end())) {
      try {
        links.tell();
        drain();
        if (self.state() == NodeState.LEFT) {
          handOver();
        }
        links.tell();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    threads.shutdownNow();
    links.close();
    running = false;
  }

  private void drain() throws InterruptedException {
    long end = System.nanoTime() + drainTimeout.toNanos();
    while (admission.inFlight() > 0) {
      if (System.nanoTime() - end > 0) {
        log.warn("calls were still running after {}", drainTimeout);
        return;
      }
      TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
    }
  }

  /**
   * Waits until enough of those who stay hold all that this node holds, other nodes' writes too: it
   * may be what makes them safe. From its word that it left, its copies count no more, so that
   * nothing comes in meanwhile which only rests on them.
   */
  private void handOver() throws InterruptedException {
    long begun = System.nanoTime();
    links.tell();
    while (!board.handedOver(documents.version().all(), begun)) {
      if (System.nanoTime() - begun > HAND_OVER.toNanos()) {
        log.error(
            "this node keeps its vote: in {} not enough of the others took over what it holds."
                + " Start it again and have it leave when they are up, or evict it and lose what only it holds",
            HAND_OVER);
        self.move(NodeState.LEFT, NodeState.RESTARTING);
        return;
      }
      TimeUnit.NANOSECONDS.sleep(TELL_AGAIN.toNanos());
      links.tell();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
