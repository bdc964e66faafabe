package io.distri.node.db;

import java.util.ArrayList;
import java.util.List;

/** The pulls of a simulated node, its own and those of others from it, page by page. */
final class FaultyPulls {
  private final FaultyNode node;
  private final VirtualTime time;
  private final FaultyNetwork network;
  private final Mistake mistake;
  private final List<Entry> anew = new ArrayList<>();
  private int pulls;
  private int nextPage;
  private int anewStarts;

  FaultyPulls(FaultyNode node, VirtualTime time, FaultyNetwork network, Mistake mistake) {
    this.node = node;
    this.time = time;
    this.network = network;
    this.mistake = mistake;
  }

  /** Pulls every two seconds where there is something to pull, as {@code SyncRound} does. */
  void goOn(int current) {
    Replica here = node.replica();
    Gossip gossip = node.gossip();
    if (here == null || gossip == null || current != node.start()) {
      return;
    }
    List<FaultyNode> known = node.known();
    if (!known.isEmpty()) {
      FaultyNode other = known.get(time.random.nextInt(known.size()));
      Holding said = gossip.member().lastSaid(other.id());
      boolean contradicts = said != null && here.holding().contradicts(said);
      if (contradicts || !here.version().covers(gossip.member().heldBy(other.id()))) {
        pull(other);
      }
    }
    time.between(1500, 2500, () -> goOn(current));
  }

  void pull(FaultyNode other) {
    Gossip gossip = node.gossip();
    if (gossip != null) {
      int number = ++pulls;
      nextPage = 0;
      anew.clear();
      int current = node.start();
      Gossip.News news = gossip.news(other.id());
      network.send(
          node.index(), other.index(), () -> other.pulls().begin(node, current, number, news));
    }
  }

  private void begin(FaultyNode puller, int itsStart, int number, Gossip.News news) {
    node.doing(() -> {
      Replica here = node.replica();
      Gossip gossip = node.gossip();
      if (here == null || gossip == null || !node.hears(puller, news, null)) {
        return;
      }
      VersionVector base = gossip.base(news);
      if (base == null) {
        return;
      }
      Coverage has = Coverage.of(base, news.holding().recent());
      FaultyPull pull =
          FaultyPull.of(here, has, Gossip.mayBeBehind(mistake), node.start(), itsStart, number);
      sendPage(puller, pull, 0);
    });
  }

  private void sendPage(FaultyNode puller, FaultyPull pull, int page) {
    if (node.isUp() && pull.senderStart() == node.start()) {
      network.send(node.index(), puller.index(), () -> puller.pulls().takePage(node, pull, page));
    }
  }

  private void takePage(FaultyNode sender, FaultyPull pull, int page) {
    Replica here = node.replica();
    if (here == null
        || pull.start() != node.start()
        || pull.number() != pulls
        || page != nextPage) {
      return;
    }
    node.doing(() -> {
      if (!take(here, pull, pull.pages().get(page))) {
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
      if (last) {
        node.life().serve(node.start());
      } else {
        int wanted = nextPage;
        network.send(
            node.index(), sender.index(), () -> sender.pulls().sendPage(node, pull, wanted));
      }
    });
  }

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

  /** How often the node took what others hold in place of what it held. */
  int anewStarts() {
    return anewStarts;
  }
}
