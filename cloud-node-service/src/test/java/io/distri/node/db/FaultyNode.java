package io.distri.node.db;

import io.distri.node.db.storage.Crash;
import io.distri.node.db.storage.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node that crashes, forgets and starts again. What it sends when, and when it acknowledges, is
 * as in {@code io.distri.node.sync}; what it holds is a real {@link Replica}, on a disk or not.
 */
final class FaultyNode {
  static final List<String> COLLECTIONS = List.of("catalog", "drafts");
  private static final long SESSION_PATIENCE_MILLIS = 50;
  private static final long SNAPSHOT_BYTES = 6000;

  private final VirtualTime time;
  private final FaultyNetwork network;
  private final int index;
  private final Mistake mistake;
  private final Gossip gossip;
  private final Acks acks;
  private final List<Entry> anew = new ArrayList<>();
  private final Ancestry ancestry;
  private List<FaultyNode> all = List.of();
  private @Nullable SimulatedDisk disk;
  private @Nullable Replica replica;
  private long actor;
  private int start;
  private int pulls;
  private int nextPage;
  private boolean serves;
  private boolean forgets = true;
  private int anewStarts;
  private long skewMillis;
  private long startedMillis;

  FaultyNode(
      VirtualTime time,
      FaultyNetwork network,
      Ancestry ancestry,
      int index,
      boolean durable,
      Mistake mistake) {
    this.ancestry = ancestry;
    this.gossip = new Gossip(mistake);
    this.acks = new Acks(time, gossip);
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

  /** Puts another disk in the place of its own, as it was at some time. */
  void restore(SimulatedDisk copy) {
    crash();
    disk = copy;
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
    startedMillis = time.now();
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
    gossip.forget();
    acks.forget();
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
      execute(request, writeId, session, reply);
    } else {
      int current = start;
      time.after(
          SESSION_PATIENCE_MILLIS,
          () -> {
            if (current == start && here.version().covers(session)) {
              execute(request, writeId, session, reply);
            } else if (current == start) {
              reply.accept(new Reply.Refused());
            }
          });
    }
  }

  private void execute(
      Request request, @Nullable String writeId, VersionVector session, Consumer<Reply> reply) {
    doing(() -> {
      Replica here = replica;
      if (here == null) {
        return;
      }
      switch (request.execute(here, writeId, ancestry)) {
        case Reply.Done done -> {
          Runnable answer = () -> reply.accept(done.in(whole(here, session.merge(done.session()))));
          if (mistake == Mistake.ACKNOWLEDGED_ALONE) {
            answer.run();
          } else {
            acks.await(done.session(), all.size(), answer);
          }
        }
        case Reply.Read read -> reply.accept(read.in(whole(here, session.merge(read.session()))));
        case Reply.Refused refused -> reply.accept(refused);
      }
      int current = start;
      others().forEach(other -> time.between(0, 5, () -> push(other, current)));
    });
  }

  private static VersionVector whole(Replica here, VersionVector session) {
    return here.version().session(session);
  }

  private void heartbeat(int current) {
    if (current == start) {
      others().forEach(other -> push(other, current));
      doing(this::growBase);
      time.after(1000, () -> heartbeat(current));
    }
  }

  /** Has no more bases come, so that nodes can be compared. */
  void stopForgetting() {
    forgets = false;
  }

  private long nanos() {
    return time.now() * 1_000_000;
  }

  private void growBase() {
    Replica here = replica;
    if (here != null && forgets) {
      List<Integer> indexes = others().stream().map(FaultyNode::index).toList();
      gossip.growBase(here, nanos(), startedMillis, indexes, all.size() - 1);
    }
  }

  private Gossip.News news(Replica here, FaultyNode to) {
    return gossip.news(here, start, startedMillis, to.index);
  }

  private void hear(Replica here, FaultyNode from, Gossip.News news, @Nullable Long asked) {
    gossip.hear(here, from.index, news, asked);
    acks.heard(all.size());
  }

  private void push(FaultyNode other, int current) {
    Replica here = replica;
    if (here == null || current != start) {
      return;
    }
    long has = gossip.heldBy(other.index).seq(here.actor());
    Push push =
        here.recentWrites(has, 1 + time.random.nextInt(5), 2000) instanceof Push some ? some : null;
    Gossip.News news = news(here, other);
    long asked = nanos();
    network.send(index, other.index, () -> other.receive(this, news, push, asked));
  }

  private void receive(FaultyNode from, Gossip.News news, @Nullable Push push, long asked) {
    doing(() -> {
      Replica here = replica;
      if (here == null) {
        return;
      }
      hear(here, from, news, null);
      if (push != null && here.base(news.holding().base()) != null) {
        here.apply(mistake == Mistake.OVERWRITING_MERGE ? Overwriting.push(push, here) : push);
        if (mistake == Mistake.PUSH_JOINED_OVER_A_GAP) {
          here.adopt(Coverage.of(VersionVector.EMPTY, VersionVector.of(push.end())));
        }
      }
      Gossip.News answer = news(here, from);
      network.send(index, from.index, () -> from.answered(this, answer, push, asked));
    });
  }

  private void answered(FaultyNode from, Gossip.News news, @Nullable Push push, long asked) {
    doing(() -> {
      Replica here = replica;
      if (here != null && asked >= startedMillis * 1_000_000) {
        hear(here, from, news, asked);
        long has = gossip.heldBy(from.index).seq(here.actor());
        if (push != null && push.actor() == here.actor() && has >= push.to()) {
          push(from, this.start);
        }
      }
    });
  }

  private void pullOnAndOn(int current) {
    Replica here = replica;
    if (here != null && current == start) {
      FaultyNode other = any();
      Holding said = gossip.lastSaid(other.index);
      boolean contradicts = said != null && here.holding().contradicts(said);
      if (contradicts || !here.version().covers(gossip.heldBy(other.index))) {
        pull(other);
      }
      time.between(1500, 2500, () -> pullOnAndOn(current));
    }
  }

  private void pull(FaultyNode other) {
    Replica here = replica;
    if (here != null) {
      int number = ++pulls;
      nextPage = 0;
      anew.clear();
      Gossip.News news = news(here, other);
      network.send(index, other.index, () -> other.beginPull(this, number, news));
    }
  }

  private void beginPull(FaultyNode puller, int number, Gossip.News news) {
    doing(() -> {
      Replica here = replica;
      if (here == null) {
        return;
      }
      hear(here, puller, news, null);
      VersionVector base = Gossip.base(here, news);
      if (base == null) {
        return;
      }
      Coverage has = Coverage.of(base, news.holding().recent());
      FaultyPull pull =
          FaultyPull.of(here, has, Gossip.mayBeBehind(mistake), start, news.start(), number);
      sendPage(puller, pull, 0);
    });
  }

  private void sendPage(FaultyNode puller, FaultyPull pull, int page) {
    if (isUp() && pull.senderStart() == start) {
      network.send(index, puller.index, () -> puller.takePage(this, pull, page));
    }
  }

  private void takePage(FaultyNode sender, FaultyPull pull, int page) {
    Replica here = replica;
    if (here == null || pull.start() != start || pull.number() != pulls || page != nextPage) {
      return;
    }
    doing(() -> {
      List<Entry> entries = pull.pages().get(page);
      if (!take(here, pull, entries)) {
        return;
      }
      nextPage++;
      boolean last = nextPage == pull.pages().size();
      if (last && pull.anew()) {
        if (!(here.startAnew(time.random.nextLong(), List.copyOf(anew), pull.end())
            instanceof ApplyOutcome.Applied)) {
          return;
        }
        anewStarts++;
      } else if (last || mistake == Mistake.VECTOR_ADOPTED_EARLY) {
        here.adopt(pull.end());
      }
      serves |= last;
      if (!last) {
        int wanted = nextPage;
        network.send(index, sender.index, () -> sender.sendPage(this, pull, wanted));
      }
    });
  }

  /** As {@code SyncRound} does. */
  private boolean take(Replica here, FaultyPull pull, List<Entry> entries) {
    if (pull.anew()) {
      anew.addAll(entries);
      return true;
    }
    here.settle(pull.end().base());
    List<Entry> taken =
        mistake == Mistake.OVERWRITING_MERGE ? Overwriting.entries(entries, here) : entries;
    return here.apply(taken) instanceof ApplyOutcome.Applied;
  }

  /** How many writes its base has. */
  long folded() {
    return replica == null ? 0 : replica.version().base().sum();
  }

  /** How often it took what others hold in place of what it held. */
  int anewStarts() {
    return anewStarts;
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
