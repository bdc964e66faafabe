package io.distri.node.dashboard;

import io.distri.node.admission.AdmissionControl;
import io.distri.node.dashboard.Picture.Event;
import io.distri.node.dashboard.Picture.Room;
import io.distri.node.db.CollectionSummary;
import io.distri.node.db.DocumentStore;
import io.distri.node.membership.ClusterTable;
import io.distri.protocol.NodeRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Looks at the node's counters and at the node table every other second, as long as the node runs,
 * and keeps the last minutes.
 */
final class Sampler implements SmartLifecycle {
  static final Duration PERIOD = Duration.ofSeconds(2);

  /** Five minutes. */
  private static final int KEPT = 150;

  /** More make no table that anybody reads. */
  private static final int MOST_COLLECTIONS = 100;

  private final NodeMeters meters;
  private final AdmissionControl admission;
  private final ClusterTable table;
  private final DocumentStore documents;
  private final Clock clock;
  private final Recent<Sample> samples = new Recent<>(KEPT);
  private final EventLog log = new EventLog();

  private volatile List<Event> events = List.of();
  private @Nullable Thread thread;

  Sampler(
      NodeMeters meters,
      AdmissionControl admission,
      ClusterTable table,
      DocumentStore documents,
      Clock clock) {
    this.meters = meters;
    this.admission = admission;
    this.table = table;
    this.documents = documents;
    this.clock = clock;
  }

  Recent<Sample> samples() {
    return samples;
  }

  /** The picture as of now. */
  Picture picture() {
    return new Picture(
        clock.millis(),
        table.records(),
        admission.report().entrySet().stream()
            .collect(Collectors.toMap(lane -> lane.getKey().key(), Map.Entry::getValue)),
        meters.calls(),
        meters.refused(),
        new Room(documents.usedBytes(), documents.maxBytes()),
        documents.collections().stream()
            .sorted(Comparator.comparing(CollectionSummary::name))
            .limit(MOST_COLLECTIONS)
            .toList(),
        events);
  }

  private void sampleOnAndOn() {
    Totals before = meters.totals();
    long faults = meters.calls().faults();
    long beforeNanos = System.nanoTime();
    try {
      while (true) {
        Thread.sleep(PERIOD);
        long at = clock.millis();
        long nanos = System.nanoTime();
        Totals totals = meters.totals();
        List<NodeRecord> nodes = table.records();
        log.look(nodes, at);
        long played = meters.calls().faults();
        log.played(played - faults, nodes.get(0).address(), at);
        events = log.events();
        samples.add(totals.since(before, (nanos - beforeNanos) / 1e9, admission.inFlight(), at));
        before = totals;
        beforeNanos = nanos;
        faults = played;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void start() {
    thread = Thread.ofVirtual().name("dashboard").start(this::sampleOnAndOn);
  }

  @Override
  public synchronized void stop() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }
}
