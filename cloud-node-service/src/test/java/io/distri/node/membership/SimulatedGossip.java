package io.distri.node.membership;

import io.distri.node.local.LocalNode;
import io.distri.node.security.InternalWire;
import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Members that gossip over a network that loses messages, on a virtual clock, in one thread. The
 * members are the real ones; what carries their messages is not.
 */
final class SimulatedGossip {
  /** When a message that got no answer is sent again, as a link does. */
  private static final Duration AGAIN = Duration.ofMillis(250);

  private record Event(long at, long order, Runnable work) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final List<SimulatedMember> all = new ArrayList<>();
  private final InternalWire wire = new InternalWire();
  private final Random random;
  private final double loss;
  private long now = Duration.ofHours(1).toNanos();
  private long order;
  private int suspicions;
  private boolean counts;

  SimulatedGossip(long seed, double loss) {
    this.random = new Random(seed);
    this.loss = loss;
  }

  /** A member of the simulation. */
  final class SimulatedMember {
    final LocalNode local;
    final SelfMember self;
    final MemberTable table;
    final Gossip gossip;
    final FailureDetector detector;
    final Map<String, Long> underWay = new HashMap<>();
    boolean dead;
    long pausedUntil;
    long bytes;

    private SimulatedMember(int index) {
      HostPort address = HostPort.parse("10.0.0." + (index + 1) + ":3000");
      local = new LocalNode("%064x".formatted(index + 1), address, address, address.internal());
      self =
          new SelfMember(local, now / 1_000_000, () -> List.of("Encrypt"), () -> 0, () -> "seq=1");
      table = new MemberTable(local.id(), List.of(), id -> false, () -> now);
      gossip = new Gossip(self, table);
      gossip.onRefuted(() -> suspicions++);
      detector = new FailureDetector(table, random, () -> now);
      local.move(NodeState.JOINING, NodeState.UP);
      at(now + random.nextLong(FailureDetector.TICK.toNanos()), this::tick);
    }

    private void tick() {
      if (dead) {
        return;
      }
      detector.tick().forEach(this::act);
      at(now + FailureDetector.TICK.toNanos(), this::tick);
    }

    private void act(FailureDetector.Action action) {
      switch (action) {
        case FailureDetector.Tell tell -> exchange(tell.id(), () -> {});
        case FailureDetector.AskAbout ask ->
            send(
                this,
                find(ask.helper()),
                () ->
                    find(ask.helper())
                        .exchange(
                            ask.id(),
                            () -> send(find(ask.helper()), this, () -> table.reached(ask.id()))));
      }
    }

    /** Tells and is answered, unless a message is under way already. */
    void exchange(String id, Runnable answered) {
      Long since = underWay.get(id);
      if (since != null && now - since < AGAIN.toNanos()) {
        return;
      }
      underWay.put(id, now);
      SimulatedMember other = find(id);
      Member me = self.now();
      TableNews news = gossip.tell(id);
      count(me, news);
      send(
          this,
          other,
          () -> {
            other.gossip.hear(me, news);
            Member it = other.self.now();
            TableNews answer = other.gossip.tell(local.id());
            other.count(it, answer);
            send(
                other,
                this,
                () -> {
                  underWay.remove(id);
                  gossip.hear(it, answer);
                  answered.run();
                });
          });
    }

    private void count(Member member, TableNews news) {
      bytes += counts ? wire.write(member).length + wire.write(news).length : 0;
    }

    /** What this member holds of another. */
    NodeState stateOf(SimulatedMember other) {
      return table.member(other.local.id()).map(Member::state).orElse(NodeState.LEFT);
    }
  }

  SimulatedMember join() {
    SimulatedMember newcomer = new SimulatedMember(all.size());
    if (!all.isEmpty()) {
      SimulatedMember contact = all.get(random.nextInt(all.size()));
      newcomer.table.heard(contact.self.now());
      newcomer.table.learned(contact.table.members());
      contact.table.heard(newcomer.self.now());
    }
    all.add(newcomer);
    return newcomer;
  }

  List<SimulatedMember> members() {
    return all;
  }

  /** How often a member had to refute that it is suspected. */
  int suspicions() {
    return suspicions;
  }

  /** Counts bytes from now on. */
  void count() {
    counts = true;
  }

  void pause(SimulatedMember member, Duration time) {
    member.pausedUntil = now + time.toNanos();
  }

  void run(Duration time) {
    long end = now + time.toNanos();
    while (!events.isEmpty() && events.peek().at <= end) {
      Event event = events.poll();
      now = event.at;
      event.work.run();
    }
    now = end;
  }

  void at(long time, Runnable work) {
    events.add(new Event(time, order++, work));
  }

  long now() {
    return now;
  }

  private void send(SimulatedMember from, SimulatedMember to, Runnable arrive) {
    if (random.nextDouble() >= loss) {
      at(now + 100_000 + random.nextLong(2_000_000), () -> arrive(from, to, arrive));
    }
  }

  private void arrive(SimulatedMember from, SimulatedMember to, Runnable arrive) {
    if (to.dead) {
      return;
    }
    if (to.pausedUntil > now) {
      at(to.pausedUntil, () -> arrive(from, to, arrive));
      return;
    }
    arrive.run();
  }

  private SimulatedMember find(String id) {
    return all.get(Integer.parseInt(id, 16) - 1);
  }
}
