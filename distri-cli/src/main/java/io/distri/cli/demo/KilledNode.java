package io.distri.cli.demo;

import io.distri.cli.local.LocalCluster;
import io.distri.cli.local.NodeEndpoint;
import io.distri.cli.local.SampleImage;
import io.distri.client.DistriClient;
import io.distri.client.DistriException;
import io.distri.protocol.ServiceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A part of the tour: a node is killed under traffic, and comes back. */
final class KilledNode {

  private static final int CALLERS = 40;

  /** Calls that have ended before the node is killed: every caller has its second under way. */
  private static final int BEFORE = CALLERS;

  /** Calls that end afterwards: enough for each caller to meet the dead node. */
  private static final int AFTER = 5 * CALLERS;

  private static final String COLLECTION = "catalog";

  private final Stage stage;
  private final Narrator narrator;
  private final byte[] photo = SampleImage.bytes();
  private final AtomicInteger ended = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  KilledNode(Stage stage, Narrator narrator) {
    this.stage = stage;
    this.narrator = narrator;
  }

  void play() {
    LocalCluster cluster = stage.cluster();
    int victim = cluster.size() - 1;
    NodeEndpoint killed = cluster.endpoints().get(victim);
    narrator.part(
        "3. Node %s is killed (kill -9) while %s callers seal photos and add documents."
            .formatted(killed.address(), CALLERS));
    int before = callWhile(() -> cluster.kill(victim));
    narrator.found(
        failures.isEmpty(),
        String.format(
            Locale.ROOT,
            "%,d calls ended before it was killed and %,d after; %s.",
            before,
            ended.get() - before,
            failed()));
    for (NodeEndpoint survivor : cluster.endpoints().subList(0, victim)) {
      found(survivor, "has all %,d documents that were acknowledged meanwhile");
    }
    long start = System.nanoTime();
    cluster.revive(victim);
    cluster.awaitAllUp();
    narrator.say(
        String.format(
            Locale.ROOT,
            "It was started again, and serves after %.1f s.",
            (System.nanoTime() - start) / 1e9));
    found(killed, "has caught up: it has all %,d");
  }

  private String failed() {
    return failures.isEmpty()
        ? "none failed"
        : failures.size() + " failed, the first because: " + failures.peek();
  }

  /** Keeps callers busy, does it in their midst, and returns how many calls had ended by then. */
  private int callWhile(Runnable event) {
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> callers = new ArrayList<>();
    for (int number = 0; number < CALLERS; number++) {
      Runnable call = number % 2 == 0 ? this::seal : this::add;
      callers.add(
          Thread.ofVirtual()
              .start(() -> {
                while (!over.get()) {
                  call.run();
                }
              }));
    }
    try {
      awaitEnded(BEFORE);
      int before = ended.get();
      event.run();
      awaitEnded(before + AFTER);
      return before;
    } finally {
      over.set(true);
      narrator.waited(
          "callers to end",
          () -> callers.stream().filter(caller -> !caller.isAlive()).count(),
          CALLERS);
    }
  }

  private void awaitEnded(int calls) {
    narrator.waited("calls to end", ended::get, calls);
  }

  private void seal() {
    count(client ->
        client.sendDataWithParams(photo, ServiceNames.ENCRYPT, stage.key().recipient().toString()));
  }

  private void add() {
    String uuid = UUID.randomUUID().toString();
    count(client -> {
      byte[] document = Documents.json(Map.of("UUID", uuid, "added", "while a node died"));
      client.sendDataWithParams(document, ServiceNames.ADD_DOCUMENT, COLLECTION);
      acknowledged.add(uuid);
    });
  }

  /** Makes a call. */
  @FunctionalInterface
  private interface Call {
    void make(DistriClient client);
  }

  private void count(Call call) {
    try {
      call.make(stage.client());
    } catch (DistriException e) {
      failures.add(e.getMessage());
    }
    ended.incrementAndGet();
  }

  private void found(NodeEndpoint node, String what) {
    boolean there =
        narrator.waited(
            node.address() + " to have them",
            () -> Documents.count(node, COLLECTION, acknowledged),
            acknowledged.size());
    narrator.found(
        there,
        "%s %s%s."
            .formatted(
                node.address(),
                String.format(Locale.ROOT, what, acknowledged.size()),
                there ? "" : ": no, some are missing"));
  }
}
