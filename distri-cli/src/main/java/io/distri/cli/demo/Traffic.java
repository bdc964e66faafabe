package io.distri.cli.demo;

import io.distri.cli.local.SampleImage;
import io.distri.client.DistriClient;
import io.distri.client.DistriException;
import io.distri.client.ElectionRule;
import io.distri.protocol.HostPort;
import io.distri.protocol.ServiceNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * A few callers that seal photos, and a few that add documents and read them back, for as long as
 * the demo page is up. They pause between calls, so that the machine stays usable.
 */
final class Traffic implements AutoCloseable {

  /** Every node has it from its start, even if all others died. */
  static final String COLLECTION = "catalog";

  private static final int SEALERS = 4;

  private static final int WRITERS = 4;

  /** With 8 callers at most 320 calls a second: a curve to look at, and half a core. */
  private static final Duration PAUSE = Duration.ofMillis(25);

  /** Documents of one second make a batch. */
  private static final Duration BATCH = Duration.ofSeconds(1);

  /** A visitor who killed all nodes does not want to wait longer to see calls fail. */
  static final Duration DEADLINE = Duration.ofSeconds(5);

  private static final int SPARE_BATCHES = 5;

  private final byte[] photo = SampleImage.bytes();
  private final String recipient;

  /** After so many, no write of a batch can be acknowledged, and it has been looked for. */
  private final long batchesKept;

  private final WriteLedger ledger;
  private final Map<ElectionRule, DistriClient> clients = new EnumMap<>(ElectionRule.class);
  private final List<Thread> callers = new ArrayList<>();
  private volatile ElectionRule rule = ElectionRule.SHORTEST_DELAY;

  /**
   * @param recipient {@code age1…} for whom photos are sealed
   * @param deadline how long a call waits
   */
  Traffic(
      List<HostPort> nodes,
      String recipient,
      Duration deadline,
      CallGauge gauge,
      WriteLedger ledger) {
    this.recipient = recipient;
    this.batchesKept = deadline.plus(WriteLedger.LOST_AFTER).dividedBy(BATCH) + SPARE_BATCHES;
    this.ledger = ledger;
    for (ElectionRule rule : ElectionRule.values()) {
      clients.put(
          rule,
          DistriClient.builder()
              .nodes(nodes.stream().map(HostPort::toString).toList())
              .deadline(deadline)
              .rule(rule)
              .listener(gauge)
              .build());
    }
  }

  /** By which rule nodes are elected. */
  ElectionRule rule() {
    return rule;
  }

  /** Elects by this rule from the next call on. */
  void elect(ElectionRule rule) {
    this.rule = rule;
  }

  /** Each rule has a client of its own, which knows nothing of what another one learned. */
  private DistriClient client() {
    return Objects.requireNonNull(clients.get(rule));
  }

  /** The batch of a moment. */
  static long batchAt(long nowNanos) {
    return nowNanos / BATCH.toNanos();
  }

  /** Begins. */
  void start() {
    for (int number = 0; number < SEALERS; number++) {
      callers.add(Thread.ofVirtual().name("sealer-", number).start(() -> repeat(this::seal)));
    }
    for (int number = 0; number < WRITERS; number++) {
      callers.add(Thread.ofVirtual().name("writer-", number).start(() -> repeat(this::write)));
    }
  }

  /** Deletes documents that nobody will look for again, so that memory does not grow. */
  void forget(long nowNanos) {
    for (long batch : ledger.closedBefore(batchAt(nowNanos) - batchesKept)) {
      try {
        client()
            .sendDataWithParams(
                Documents.json(Map.of("batch", batch)), ServiceNames.DELETE_DOCUMENT, COLLECTION);
      } catch (DistriException nodesAreDown) {
        ledger.begins(batch);
      }
    }
  }

  private void seal() {
    client().sendDataWithParams(photo, ServiceNames.ENCRYPT, recipient);
  }

  private void write() {
    long batch = batchAt(System.nanoTime());
    String uuid = UUID.randomUUID().toString();
    byte[] document = Documents.json(Map.of("UUID", uuid, "batch", batch));
    ledger.begins(batch);
    // Its session has the read see the write, so both are one client's.
    DistriClient client = client();
    client.sendDataWithParams(document, ServiceNames.ADD_DOCUMENT, COLLECTION);
    ledger.acknowledged(batch, uuid, System.nanoTime());
    client.sendDataWithParams(
        Documents.json(Map.of("UUID", uuid)), ServiceNames.READ_COLLECTION, COLLECTION);
  }

  private static void repeat(Runnable call) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        call.run();
      } catch (DistriException counted) {
        // The gauge heard of it.
      } catch (IllegalStateException closed) {
        return;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  @Override
  public void close() {
    callers.forEach(Thread::interrupt);
    clients.values().forEach(DistriClient::close);
  }
}
