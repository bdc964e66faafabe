package io.distri.node.db;

import io.distri.node.db.storage.Crash;
import io.distri.node.db.storage.SimulatedDisk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node that crashes, forgets and starts again. What it sends when, and when it acknowledges, is
 * as in {@code io.distri.node.sync}; what it holds is a real {@link Replica}, on a disk or not.
 */
final class FaultyNode {
  static final List<String> COLLECTIONS = List.of("catalog", "drafts");
  private static final long ACK_PATIENCE_MILLIS = 1500;
  private static final long SESSION_PATIENCE_MILLIS = 50;
  private static final long SNAPSHOT_BYTES = 6000;

  private final VirtualTime time;
  private final FaultyNetwork network;
  private final int index;
  private final Mistake mistake;
  private final Map<Integer, Held> board = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private List<FaultyNode> all = List.of();
  private @Nullable SimulatedDisk disk;
  private @Nullable Replica replica;
  private long actor;
  private int start;
  private int pulls;
  private int nextPage;
  private boolean serves;
  private long skewMillis;

  private record Held(int start, VersionVector version, Holding last) {}

  /** What a node that pulls gets, page by page. */
  private record Pull(
      int senderStart, int start, int number, List<List<Entry>> pages, VersionVector end) {}

  private record Waiting(VersionVector writes, Runnable acknowledged) {}

  FaultyNode(VirtualTime time, FaultyNetwork network, int index, boolean durable, Mistake mistake) {
    this.time = time;
    this.network = network;
    this.index = index;
    this.mistake = mistake;
    this.disk = durable ? newDisk() : null;
    this.actor = time.random.nextLong();
    this.skewMillis = time.random.nextLong(-200, 200);
  }

  private SimulatedDisk newDisk() {
    SimulatedDisk empty = new SimulatedDisk(time.random.nextLong());
    if (mistake == Mistake.DISKS_THAT_LIE) {
      empty.forgetSyncs();
    }
    return empty;
  }

  int index() {
    return index;
  }

  @Nullable Replica replica() {
    return replica;
  }

  @Nullable SimulatedDisk disk() {
    return disk;
  }

  boolean isUp() {
    return replica != null;
  }

  void setClock(long millisAhead) {
    skewMillis = millisAhead;
  }

  /** Starts, catches up from another node where one answers, then serves. */
  void start(List<FaultyNode> cluster) {
    all = cluster;
    if (isUp()) {
      return;
    }
    start++;
    if (mistake != Mistake.ACTOR_USED_AGAIN) {
      actor = time.random.nextLong();
    }
    doing(() -> {
      replica =
          new Replica(
              actor,
              new HlcClock(() -> time.now() + skewMillis),
              () -> "unused",
              COLLECTIONS,
              disk == null ? Journal.NONE : disk.journal(SNAPSHOT_BYTES));
      int current = start;
      pull(any());
      time.after(2000, () -> serves |= current == start);
      heartbeat(current);
      pullOnAndOn(current);
    });
    if (!isUp()) {
      time.after(1000, () -> start(cluster));
    }
  }

  /** Stops as a machine does that lost its power. */
  void crash() {
    replica = null;
    serves = false;
    start++;
    board.clear();
    waiting.clear();
    if (disk != null) {
      disk.restart();
    }
  }

  /** Loses its disk, or what it has in memory. */
  void wipe() {
    crash();
    if (disk != null) {
      disk = newDisk();
    }
  }

  /** Serves a client; the reply may never come. */
  void serve(
      Request request, @Nullable String writeId, VersionVector session, Consumer<Reply> reply) {
    Replica here = replica;
    if (here == null) {
      return;
    }
    if (!serves) {
      reply.accept(new Reply.Refused());
    } else if (mistake == Mistake.SESSIONS_IGNORED || here.version().covers(session)) {
      execute(request, writeId, reply);
    } else {
      int current = start;
      time.after(
          SESSION_PATIENCE_MILLIS,
          () -> {
            if (current == start && here.version().covers(session)) {
              execute(request, writeId, reply);
            } else if (current == start) {
              reply.accept(new Reply.Refused());
            }
          });
    }
  }

  private void execute(Request request, @Nullable String writeId, Consumer<Reply> reply) {
    doing(() -> {
      Replica here = replica;
      if (here == null) {
        return;
      }
      Reply outcome = request.execute(here, writeId);
      if (outcome instanceof Reply.Done done && mistake != Mistake.ACKNOWLEDGED_ALONE) {
        Waiting wait = new Waiting(done.session(), () -> reply.accept(done));
        waiting.add(wait);
        time.after(ACK_PATIENCE_MILLIS, () -> waiting.remove(wait));
        acknowledge();
      } else {
        reply.accept(outcome);
      }
      int current = start;
      others().forEach(other -> time.between(0, 5, () -> push(other, current)));
    });
  }

  private void acknowledge() {
    for (Waiting wait : List.copyOf(waiting)) {
      long copies =
          1 + board.values().stream().filter(h -> h.version().covers(wait.writes())).count();
      if (copies > all.size() / 2) {
        waiting.remove(wait);
        wait.acknowledged().run();
      }
    }
  }

  private void heartbeat(int current) {
    if (current == start) {
      others().forEach(other -> push(other, current));
      time.after(1000, () -> heartbeat(current));
    }
  }

  private void push(FaultyNode other, int current) {
    Replica here = replica;
    if (here == null || current != start) {
      return;
    }
    long has = heldBy(other).seq(here.actor());
    Push push =
        here.recentWrites(has, 1 + time.random.nextInt(5), 2000) instanceof Push some ? some : null;
    Holding holding = here.holding();
    network.send(index, other.index, () -> other.receive(this, current, holding, push));
  }

  private void receive(FaultyNode from, int start, Holding holding, @Nullable Push push) {
    doing(() -> {
      Replica here = replica;
      if (here == null) {
        return;
      }
      holds(from, start, holding);
      if (push != null) {
        here.apply(mistake == Mistake.OVERWRITING_MERGE ? Overwriting.push(push, here) : push);
        if (mistake == Mistake.PUSH_JOINED_OVER_A_GAP) {
          here.adopt(VersionVector.of(push.end()));
        }
      }
      int current = this.start;
      Holding now = here.holding();
      network.send(index, from.index, () -> from.answered(this, current, now, push));
    });
  }

  private void answered(FaultyNode from, int start, Holding holding, @Nullable Push push) {
    Replica here = replica;
    if (here != null) {
      holds(from, start, holding);
      long has = holding.version().seq(here.actor());
      if (push != null && push.actor() == here.actor() && has >= push.to()) {
        push(from, this.start);
      }
    }
  }

  private void holds(FaultyNode other, int start, Holding holding) {
    board.merge(
        other.index,
        new Held(start, holding.version(), holding),
        (before, now) ->
            before.start == now.start
                ? new Held(now.start, before.version.merge(now.version), now.last)
                : before.start > now.start ? before : now);
    acknowledge();
  }

  private VersionVector heldBy(FaultyNode other) {
    Held held = board.get(other.index);
    return held == null ? VersionVector.EMPTY : held.version;
  }

  private void pullOnAndOn(int current) {
    Replica here = replica;
    if (here != null && current == start) {
      FaultyNode other = any();
      Held held = board.get(other.index);
      boolean contradicts = held != null && here.holding().contradicts(held.last());
      if (contradicts || !here.version().covers(heldBy(other))) {
        pull(other);
      }
      time.between(1500, 2500, () -> pullOnAndOn(current));
    }
  }

  private void pull(FaultyNode other) {
    Replica here = replica;
    if (here != null) {
      int current = start;
      int number = ++pulls;
      nextPage = 0;
      VersionVector has = here.version();
      network.send(index, other.index, () -> other.beginPull(this, current, number, has));
    }
  }

  private void beginPull(FaultyNode puller, int itsStart, int number, VersionVector has) {
    Replica here = replica;
    if (here != null) {
      Delta delta = here.delta(has);
      List<List<Entry>> pages = new ArrayList<>();
      delta.pages().forEachRemaining(page -> pages.addAll(inThrees(page)));
      pages.addAll(pages.isEmpty() ? List.of(List.of()) : List.of());
      sendPage(puller, new Pull(start, itsStart, number, pages, delta.version()), 0);
    }
  }

  /** Pages are smaller here, so that there are some. */
  private static List<List<Entry>> inThrees(List<Entry> page) {
    List<List<Entry>> small = new ArrayList<>();
    for (int from = 0; from < page.size(); from += 3) {
      small.add(page.subList(from, Math.min(page.size(), from + 3)));
    }
    return small;
  }

  private void sendPage(FaultyNode puller, Pull pull, int page) {
    if (isUp() && pull.senderStart() == start) {
      network.send(index, puller.index, () -> puller.takePage(this, pull, page));
    }
  }

  private void takePage(FaultyNode sender, Pull pull, int page) {
    Replica here = replica;
    if (here == null || pull.start() != start || pull.number() != pulls || page != nextPage) {
      return;
    }
    doing(() -> {
      List<Entry> entries = pull.pages().get(page);
      List<Entry> taken =
          mistake == Mistake.OVERWRITING_MERGE ? Overwriting.entries(entries, here) : entries;
      if (!(here.apply(taken) instanceof ApplyOutcome.Applied)) {
        return;
      }
      nextPage++;
      boolean last = nextPage == pull.pages().size();
      if (last || mistake == Mistake.VECTOR_ADOPTED_EARLY) {
        here.adopt(pull.end());
      }
      serves |= last;
      if (!last) {
        int wanted = nextPage;
        network.send(index, sender.index, () -> sender.sendPage(this, pull, wanted));
      }
    });
  }

  private void doing(Runnable work) {
    try {
      work.run();
    } catch (Crash crash) {
      crash();
    } catch (StorageException refused) {
      return;
    }
  }

  private FaultyNode any() {
    List<FaultyNode> others = others();
    return others.get(time.random.nextInt(others.size()));
  }

  private List<FaultyNode> others() {
    return all.stream().filter(node -> node != this).toList();
  }
}
