package io.distri.node.db;

import io.distri.node.db.storage.Crash;
import io.distri.node.db.storage.SimulatedDisk;
import io.distri.node.local.LocalNode;
import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node that crashes, forgets and starts again, that joins and leaves. What it sends when is as in
 * {@code io.distri.node.sync}; what it holds is a real {@link Replica}, on a disk or not, and whose
 * copies count is for the node's own classes to say.
 */
final class FaultyNode {
  static final List<String> COLLECTIONS = List.of("catalog", "drafts");
  private static final long SESSION_PATIENCE_MILLIS = 50;
  private static final long SNAPSHOT_BYTES = 6000;

  private final VirtualTime time;
  private final FaultyNetwork network;
  private final Map<String, FaultyNode> everybody;
  private final int index;
  private final Mistake mistake;
  private final Ancestry ancestry;
  private final FaultyPulls pulls;
  private final FaultyLife life;
  private final Set<String> evicted = new TreeSet<>();
  private @Nullable SimulatedDisk disk;
  private @Nullable Replica replica;
  private @Nullable Gossip gossip;
  private @Nullable Acks acks;
  private long actor;
  private int start;
  private boolean forgets = true;
  private boolean gone;
  private long skewMillis;
  private long startedMillis;

  /**
   * @param everybody by id, all nodes that there ever were
   */
  FaultyNode(
      VirtualTime time,
      FaultyNetwork network,
      Map<String, FaultyNode> everybody,
      Ancestry ancestry,
      int index,
      boolean durable,
      Mistake mistake) {
    this.ancestry = ancestry;
    this.time = time;
    this.network = network;
    this.everybody = everybody;
    this.index = index;
    this.mistake = mistake;
    this.pulls = new FaultyPulls(this, time, network, mistake);
    this.life = new FaultyLife(this, everybody, time, network, mistake);
    this.disk = durable ? newDisk() : null;
    this.actor = time.random.nextLong();
    this.skewMillis = time.random.nextLong(-200, 200);
    everybody.put(id(), this);
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

  String id() {
    return id(index);
  }

  static String id(int index) {
    return "n" + index;
  }

  HostPort address() {
    return new HostPort("10.0.0." + (index + 1), 3000);
  }

  @Nullable Replica replica() {
    return replica;
  }

  @Nullable Gossip gossip() {
    return gossip;
  }

  FaultyLife life() {
    return life;
  }

  FaultyPulls pulls() {
    return pulls;
  }

  @Nullable SimulatedDisk disk() {
    return disk;
  }

  /** Grows with each start and each end of one. */
  int start() {
    return start;
  }

  /** Puts another disk in the place of its own, as it was at some time. */
  void restore(SimulatedDisk copy) {
    crash();
    disk = copy;
  }

  boolean isUp() {
    return replica != null;
  }

  /** Whether it takes calls. */
  boolean serves() {
    return gossip != null && gossip.member().self().serves();
  }

  void setClock(long millisAhead) {
    skewMillis = millisAhead;
  }

  /** Starts, catches up from another node where one answers, then serves. */
  void start(List<FaultyNode> cluster) {
    if (isUp() || gone) {
      return;
    }
    start++;
    startedMillis = time.now();
    if (mistake != Mistake.ACTOR_USED_AGAIN) {
      actor = time.random.nextLong();
    }
    doing(() -> {
      Replica here =
          new Replica(
              actor,
              new HlcClock(() -> time.now() + skewMillis),
              () -> "unused",
              COLLECTIONS,
              disk == null ? Journal.NONE : disk.journal(SNAPSHOT_BYTES));
      replica = here;
      Gossip begun = begin(here, cluster);
      gossip = begun;
      acks = new Acks(time, begun.member());
      int current = start;
      life.knock(current);
      time.after(2000, () -> life.serve(current));
      heartbeat(current);
      pulls.goOn(current);
    });
    if (!isUp()) {
      time.after(1000, () -> start(cluster));
    }
  }

  private Gossip begin(Replica here, List<FaultyNode> cluster) {
    HostPort own = address();
    LocalNode self = new LocalNode(id(), own, own, own.internal());
    long began = time.now() + skewMillis;
    return new Gossip(mistake, time, here, self, began, life.contacts(cluster), evicted);
  }

  /** Whether the other was evicted, as far as this node knows; then it is told so. */
  boolean refuses(FaultyNode other) {
    boolean refused = evicted.contains(other.id());
    if (refused) {
      network.send(index, other.index, other::end);
    }
    return refused;
  }

  /** Stops for good. */
  void end() {
    crash();
    gone = true;
  }

  /** An operator has another node shut out for good. */
  void evict(FaultyNode other) {
    if (gossip != null) {
      gossip.evict(other.id());
    }
  }

  /** Stops as a machine does that lost its power. */
  void crash() {
    if (acks != null) {
      acks.forget();
    }
    replica = null;
    gossip = null;
    acks = null;
    start++;
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
    if (!serves()) {
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
      Acks waiting = acks;
      if (here == null || waiting == null) {
        return;
      }
      switch (request.execute(here, writeId, ancestry)) {
        case Reply.Done done -> {
          Runnable answer =
              () -> reply.accept(done.in(here.version().session(session.merge(done.session()))));
          if (mistake == Mistake.ACKNOWLEDGED_ALONE) {
            answer.run();
          } else {
            waiting.await(done.session(), answer);
          }
        }
        case Reply.Read read ->
            reply.accept(read.in(here.version().session(session.merge(read.session()))));
        case Reply.Refused refused -> reply.accept(refused);
      }
      int current = start;
      others().forEach(other -> time.between(0, 5, () -> push(other, current)));
    });
  }

  private void heartbeat(int current) {
    if (current == start) {
      pushToAll(current);
      doing(this::growBase);
      time.after(1000, () -> heartbeat(current));
    }
  }

  void pushToAll(int current) {
    others().forEach(other -> push(other, current));
  }

  /** Has no more bases come, so that nodes can be compared. */
  void stopForgetting() {
    forgets = false;
  }

  private long nanos() {
    return time.now() * 1_000_000;
  }

  private void growBase() {
    if (gossip != null && forgets) {
      gossip.growBase();
    }
  }

  /** Takes in what another told; false where it is not listened to. */
  boolean hears(FaultyNode from, Gossip.News news, @Nullable Long asked) {
    if (gossip == null || acks == null || refuses(from)) {
      return false;
    }
    gossip.hear(news, asked);
    if (evicted.contains(id())) {
      end();
      return false;
    }
    acks.heard();
    return true;
  }

  private void push(FaultyNode other, int current) {
    Replica here = replica;
    Gossip mine = gossip;
    if (here == null || mine == null || current != start) {
      return;
    }
    boolean joins =
        mine.member()
            .members()
            .member(other.id())
            .filter(m -> m.state() == NodeState.JOINING)
            .isPresent();
    long has = mine.member().heldBy(other.id()).seq(here.actor());
    Push push =
        !joins && here.recentWrites(has, 1 + time.random.nextInt(5), 2000) instanceof Push some
            ? some
            : null;
    Gossip.News news = mine.news(other.id());
    long asked = nanos();
    network.send(index, other.index, () -> other.receive(this, news, push, asked));
  }

  private void receive(FaultyNode from, Gossip.News news, @Nullable Push push, long asked) {
    doing(() -> {
      Replica here = replica;
      if (here == null || !hears(from, news, null)) {
        return;
      }
      if (push != null && here.base(news.holding().base()) != null) {
        here.apply(mistake == Mistake.OVERWRITING_MERGE ? Overwriting.push(push, here) : push);
        if (mistake == Mistake.PUSH_JOINED_OVER_A_GAP) {
          here.adopt(Coverage.of(VersionVector.EMPTY, VersionVector.of(push.end())));
        }
      }
      Gossip mine = gossip;
      if (mine != null) {
        Gossip.News answer = mine.news(from.id());
        network.send(index, from.index, () -> from.answered(this, answer, push, asked));
      }
    });
  }

  private void answered(FaultyNode from, Gossip.News news, @Nullable Push push, long asked) {
    doing(() -> {
      Replica here = replica;
      if (here != null && asked >= startedMillis * 1_000_000 && hears(from, news, asked)) {
        Gossip mine = gossip;
        long has = mine == null ? 0 : mine.member().heldBy(from.id()).seq(here.actor());
        if (push != null && push.actor() == here.actor() && has >= push.to()) {
          push(from, this.start);
        }
      }
    });
  }

  /** How many writes its base has. */
  long folded() {
    return replica == null ? 0 : replica.version().base().sum();
  }

  /** How often it took what others hold in place of what it held. */
  int anewStarts() {
    return pulls.anewStarts();
  }

  /** Does what a crash may end or a disk refuse. */
  void doing(Runnable work) {
    try {
      work.run();
    } catch (Crash crash) {
      crash();
    } catch (StorageException refused) {
      return;
    }
  }

  private List<FaultyNode> others() {
    return gossip == null ? List.of() : gossip.current().stream().map(everybody::get).toList();
  }

  /** Those that it pulls from. */
  List<FaultyNode> known() {
    return gossip == null ? List.of() : gossip.known().stream().map(everybody::get).toList();
  }
}
