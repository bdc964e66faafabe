package io.distri.node.sync;

import io.distri.node.admission.AdmissionControl;
import io.distri.node.join.Joiner;
import io.distri.node.local.LocalNode;
import io.distri.node.membership.Member;
import io.distri.protocol.NodeState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * This node's way into the cluster and out of it. It starts once the ports are open: joins, catches
 * up, serves. Told to stop, before the ports close, it refuses new calls, ends those it holds,
 * hands its writes over and says that it restarts.
 */
final class ClusterLife implements SmartLifecycle {
  /** How long others get to take the last writes over. */
  private static final Duration HANDOVER = Duration.ofSeconds(3);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
  private static final Logger log = LoggerFactory.getLogger(ClusterLife.class);

  private final LocalNode self;
  private final Links links;
  private final SyncRound rounds;
  private final AdmissionControl admission;
  private final BooleanSupplier handedOver;
  private final Duration drainTimeout;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean running;

  /**
   * @param handedOver whether every live member holds this node's writes
   * @param drainTimeout how long calls under way may take at most
   */
  ClusterLife(
      LocalNode self,
      Links links,
      SyncRound rounds,
      AdmissionControl admission,
      BooleanSupplier handedOver,
      Duration drainTimeout) {
    this.self = self;
    this.links = links;
    this.rounds = rounds;
    this.admission = admission;
    this.handedOver = handedOver;
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
    threads.execute(this::join);
  }

  private void join() {
    try {
      List<Joiner.Outcome> outcomes = links.knock();
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
    self.move(NodeState.JOINING, NodeState.RESTARTING);
    self.move(NodeState.UP, NodeState.RESTARTING);
    links.wake();
    if (!within(drainTimeout, () -> admission.inFlight() == 0)) {
      log.warn("calls were still running after {}", drainTimeout);
    }
    links.wake();
    if (!within(HANDOVER, handedOver)) {
      log.warn("not every node took this node's last writes over in {}", HANDOVER);
    }
    threads.shutdownNow();
    links.close();
    running = false;
  }

  private static boolean within(Duration time, BooleanSupplier condition) {
    long end = System.nanoTime() + time.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    return true;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
