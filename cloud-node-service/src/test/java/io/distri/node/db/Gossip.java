package io.distri.node.db;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated node tells the others of itself and knows of them, as {@code Newsroom}, {@code
 * AckBoard} and {@code BaseGrowth} have it.
 */
final class Gossip {
  /** Longer than the network and the clients keep a try of a request alive. */
  private static final Duration FORGET_AFTER = Duration.ofSeconds(5);

  private final Mistake mistake;
  private final Map<Integer, Held> board = new HashMap<>();
  private Cuts cuts = new Cuts(FORGET_AFTER);

  private record Held(News last, Cuts.Said said) {}

  /** What a node tells with every message. */
  record News(int start, long startedMillis, Holding holding, @Nullable VersionVector base) {}

  Gossip(Mistake mistake) {
    this.mistake = mistake;
  }

  /** Whether it is noticed that a node is from before the base. */
  static boolean mayBeBehind(Mistake mistake) {
    return mistake != Mistake.NOT_STARTED_ANEW && mistake != Mistake.FORGOTTEN_WITHOUT_A_MEMBER;
  }

  /** The node crashed. */
  void forget() {
    board.clear();
    cuts = new Cuts(FORGET_AFTER);
  }

  /** How many other nodes said that they hold the writes. */
  long copies(VersionVector writes) {
    return board.values().stream().filter(held -> held.said().holds().covers(writes)).count();
  }

  @Nullable Holding lastSaid(int other) {
    Held held = board.get(other);
    return held == null ? null : held.last().holding();
  }

  Coverage heldBy(int other) {
    Held held = board.get(other);
    return held == null ? Coverage.NOTHING : held.said().holds();
  }

  News news(Replica here, int start, long startedMillis, int to) {
    Holding holding = here.holding();
    Held held = board.get(to);
    boolean known = held != null && held.last().holding().base() == holding.base();
    return new News(start, startedMillis, holding, known ? null : here.version().base());
  }

  void hear(Replica here, int from, News news, @Nullable Long asked) {
    VersionVector base = base(here, news);
    if (news.base() != null && mistake == Mistake.FOLDED_BEFORE_ALL_HOLD) {
      here.adopt(Coverage.of(news.base(), VersionVector.EMPTY));
    } else if (news.base() != null) {
      here.settle(news.base());
    }
    Coverage holds =
        Coverage.of(base == null ? VersionVector.EMPTY : base, news.holding().recent());
    board.merge(from, new Held(news, new Cuts.Said(holds, asked)), Gossip::newest);
  }

  /** The base that the news rest on; null where the node doesn't know it. */
  static @Nullable VersionVector base(Replica here, News news) {
    return news.base() == null ? here.base(news.holding().base()) : news.base();
  }

  private static Held newest(Held before, Held now) {
    if (before.last().start() != now.last().start()) {
      return before.last().start() > now.last().start() ? before : now;
    }
    Long asked = before.said().askedNanos();
    Long askedNow = now.said().askedNanos();
    boolean later = asked == null || (askedNow != null && askedNow > asked);
    Coverage holds = before.said().holds().merge(now.said().holds());
    return new Held(now.last(), new Cuts.Said(holds, later ? askedNow : asked));
  }

  /**
   * @param last of the nodes, which one of the mistakes leaves out
   */
  void growBase(Replica here, long nanos, long startedMillis, List<Integer> others, int last) {
    if (mistake == Mistake.FOLDED_BEFORE_ALL_HOLD) {
      here.settle(here.version().all());
      return;
    }
    boolean without = mistake == Mistake.FORGOTTEN_WITHOUT_A_MEMBER;
    List<Integer> asked = others.stream().filter(other -> !without || other != last).toList();
    if (!board.keySet().containsAll(asked)) {
      return;
    }
    List<Held> held = asked.stream().map(board::get).filter(Objects::nonNull).toList();
    if (held.stream().allMatch(other -> startedMillis <= other.last().startedMillis())) {
      VersionVector base = cuts.next(nanos, here.version(), held.stream().map(Held::said).toList());
      if (base != null) {
        here.settle(base);
      }
    }
  }
}
