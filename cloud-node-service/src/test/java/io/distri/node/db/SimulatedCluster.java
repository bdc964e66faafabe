package io.distri.node.db;

import io.distri.node.db.filter.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Nodes, clients that retry, and a network that loses, repeats, delays and reorders, all from one
 * seed. What clients were told is in the {@link Ledger}.
 */
final class SimulatedCluster {
  private static final int NODES = 3;
  private static final int DOCUMENTS = 6;
  private static final List<String> COLLECTIONS = List.of("catalog", "users");

  final List<Replica> nodes = new ArrayList<>();
  final Ledger ledger = new Ledger();

  /** Every state of a document that any node held after a step, by document. */
  final List<DocumentEntry> states = new ArrayList<>();

  private final Random random;
  private final Faults faults;
  private final List<Runnable> network = new ArrayList<>();
  private final List<Request> retries = new ArrayList<>();
  private final long[][] acknowledged = new long[NODES][NODES];
  private long nowMillis = Nodes.NOON;
  private int requests;

  /**
   * What the nodes and clients do wrong, to see the ledger object.
   *
   * @param adoptEarly a pull adopts the sender's vector with its first page
   * @param joinAlways a push covers its range whatever lies before it
   * @param anonymousRetries a retry comes without its write id
   */
  record Faults(boolean adoptEarly, boolean joinAlways, boolean anonymousRetries) {
    static final Faults NONE = new Faults(false, false, false);
  }

  /**
   * What a client sends, once or more often.
   *
   * @param ofOneDocument its name in the ledger, where it concerns one document; else null
   */
  private record Request(@Nullable String ofOneDocument, Consumer<Replica> body) {}

  SimulatedCluster(long seed, Faults faults) {
    this.random = new Random(seed);
    this.faults = faults;
    for (int i = 0; i < NODES; i++) {
      long skewMillis = random.nextLong(-200, 200);
      HlcClock clock = new HlcClock(() -> nowMillis + skewMillis);
      Replica node =
          new Replica(random.nextLong(), clock, () -> "unused", COLLECTIONS, Journal.NONE);
      nodes.add(node);
      ledger.note(node, Snapshot.EMPTY, null);
    }
  }

  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      nowMillis += random.nextInt(20);
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> write();
        case 3 -> retry();
        case 4, 5 -> push(random.nextInt(NODES), random.nextInt(NODES));
        case 6 -> pull(any(), any());
        default -> deliver();
      }
      observe(any().snapshot());
    }
  }

  /** The network is good again, late messages come, and every node pulls from every other. */
  void heal() {
    while (!network.isEmpty()) {
      deliver();
    }
    Nodes.converge(nodes);
  }

  private void observe(Snapshot snapshot) {
    List<EntryKey> held = List.copyOf(snapshot.live().values());
    if (!held.isEmpty()) {
      EntryKey key = held.get(random.nextInt(held.size()));
      DocumentState state = Objects.requireNonNull(snapshot.document(key));
      states.add(new DocumentEntry(key.collection(), key.epoch(), state));
    }
  }

  private void write() {
    String collection = COLLECTIONS.get(random.nextInt(2));
    String uuid = "d" + random.nextInt(DOCUMENTS);
    Document document = Nodes.document("{'UUID':'" + uuid + "','n':" + random.nextInt(3) + "}");
    Filter some = Nodes.filter("{'n':" + random.nextInt(3) + "}");
    String id = "w" + ++requests;
    boolean ofOneDocument = random.nextInt(20) > 2;
    Function<@Nullable String, Consumer<Replica>> request =
        ofOneDocument
            ? switch (random.nextInt(10)) {
              case 0, 1 -> name -> node -> node.delete(collection, Filter.uuid(uuid), name);
              case 2, 3 -> name -> node -> node.add(collection, document, name);
              case 4 ->
                  name ->
                      node ->
                          node.update(collection, document, version(node, collection, uuid), name);
              default -> name -> node -> node.update(collection, document, null, name);
            }
            : switch (random.nextInt(3)) {
              case 0 -> name -> node -> node.createCollection(collection, name);
              case 1 -> name -> node -> node.deleteCollection(collection, name);
              default -> name -> node -> node.delete(collection, some, name);
            };
    String named = ofOneDocument ? id : null;
    retries.add(
        new Request(named, request.apply(ofOneDocument && faults.anonymousRetries() ? null : id)));
    send(any(), new Request(named, request.apply(id)));
  }

  private static @Nullable String version(Replica node, String collection, String uuid) {
    ReadOutcome outcome = node.read(Query.all(collection, Filter.uuid(uuid)));
    if (outcome instanceof ReadOutcome.Found found) {
      for (StoredDocument document : found.documents()) {
        return document.version();
      }
    }
    return null;
  }

  /** Tries one of the latest requests again, at whatever node, whatever it came to before. */
  private void retry() {
    if (!retries.isEmpty()) {
      int back = random.nextInt(Math.min(5, retries.size()));
      send(any(), retries.get(retries.size() - 1 - back));
    }
  }

  private void send(Replica node, Request request) {
    Snapshot before = node.snapshot();
    request.body().accept(node);
    ledger.note(node, before, request.ofOneDocument());
  }

  private void push(int sender, int receiver) {
    Replica from = nodes.get(sender);
    Replica to = nodes.get(receiver);
    long after = random.nextInt(4) == 0 ? 0 : acknowledged[sender][receiver];
    if (from.recentWrites(after, random.nextInt(1, 5), 500) instanceof Push push && from != to) {
      network.add(() -> {
        to.apply(push);
        if (faults.joinAlways()) {
          to.adopt(Coverage.of(VersionVector.EMPTY, VersionVector.of(push.end())));
        }
      });
      acknowledged[sender][receiver] = push.to();
    }
  }

  private void pull(Replica receiver, Replica sender) {
    Delta delta = sender.delta(receiver.version());
    List<List<Entry>> pages = new ArrayList<>();
    delta.pages().forEachRemaining(page -> pages.addAll(halves(page)));
    boolean[] arrived = new boolean[pages.size()];
    IntStream.range(0, pages.size())
        .forEach(i ->
            network.add(() -> {
              receiver.apply(pages.get(i));
              arrived[i] = true;
              boolean all = true;
              for (boolean page : arrived) {
                all &= page;
              }
              if (all || faults.adoptEarly()) {
                receiver.adopt(delta.version());
              }
            }));
  }

  /** Pages are smaller here, so that there are some. */
  private static List<List<Entry>> halves(List<Entry> page) {
    int middle = (page.size() + 1) / 2;
    return page.size() < 2
        ? List.of(page)
        : List.of(page.subList(0, middle), page.subList(middle, page.size()));
  }

  /** Delivers any message in flight; at times loses it, at times keeps it for a second time. */
  private void deliver() {
    if (network.isEmpty()) {
      return;
    }
    int chance = random.nextInt(10);
    int at = random.nextInt(network.size());
    Runnable message = network.get(at);
    if (chance > 1) {
      message.run();
    }
    if (chance != 9) {
      network.remove(at);
    }
  }

  private Replica any() {
    return nodes.get(random.nextInt(NODES));
  }
}
