package io.distri.peer.web;

import io.distri.client.CallListener;
import io.distri.client.DistriClient;
import io.distri.client.NodeAnswer;
import io.distri.protocol.HostPort;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How the cloud is, in a line: looked at when somebody looks at the page, and not too often. */
final class Cluster implements CallListener {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final AtomicLong lookedNanos = new AtomicLong(System.nanoTime() - PAUSE.toNanos());
  private volatile @Nullable HostPort served;
  private volatile int up;
  private volatile int known;

  @Override
  public void ended(CallReport report) {
    if (report.outcome() == Outcome.DONE && report.node() != null) {
      served = report.node();
    }
  }

  /** What is known, of which a newer look is on its way where it is old. */
  String line(DistriClient cloud, boolean online) {
    long now = System.nanoTime();
    long before = lookedNanos.get();
    if (now - before >= PAUSE.toNanos() && lookedNanos.compareAndSet(before, now)) {
      Thread.ofVirtual().name("cluster").start(() -> look(cloud));
    }
    HostPort node = served;
    if (!online) {
      return "The cloud does not answer; what is done here reaches it later.";
    }
    String servedBy = node == null ? "" : "Served by node " + node + ". ";
    return known == 0 ? servedBy : servedBy + up + " of " + known + " nodes up.";
  }

  private void look(DistriClient cloud) {
    try {
      List<NodeAnswer> answers = cloud.askStats();
      known = answers.size();
      up = (int) answers.stream().filter(NodeAnswer.Answered.class::isInstance).count();
    } catch (RuntimeException closingOrUnreachable) {
      up = 0;
    }
  }
}
