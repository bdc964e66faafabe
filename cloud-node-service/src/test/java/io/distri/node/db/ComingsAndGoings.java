package io.distri.node.db;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Has nodes join while clients write, leave for good, or be evicted after a crash: at good moments,
 * and right when another is cut off or loses its disk.
 */
final class ComingsAndGoings {
  /** So many that one may be lost. */
  private static final int FEWEST = 2;

  private static final int MOST = 5;

  private final VirtualTime time;
  private final FaultyNetwork network;
  private final List<FaultyNode> nodes;
  private final Losses losses;
  private final Supplier<FaultyNode> newNode;

  /** Those that are about to go. */
  private final Set<FaultyNode> going = new HashSet<>();

  private boolean over;
  private int joins;
  private int leaves;
  private int evictions;

  /**
   * @param nodes that belong to the cluster, as of now
   * @param newNode makes one that was never there
   */
  ComingsAndGoings(
      VirtualTime time,
      FaultyNetwork network,
      List<FaultyNode> nodes,
      Losses losses,
      Supplier<FaultyNode> newNode) {
    this.time = time;
    this.network = network;
    this.nodes = nodes;
    this.losses = losses;
    this.newNode = newNode;
  }

  void goOn() {
    time.between(
        300,
        4000,
        () -> {
          if (!over) {
            next();
            goOn();
          }
        });
  }

  void end() {
    over = true;
  }

  private void next() {
    switch (time.random.nextInt(6)) {
      case 0, 1 -> join();
      case 2 -> leave(any());
      case 3 -> leaveWhileOneIsCutOff();
      case 4 -> evict();
      default -> restartAndLoseAnother();
    }
  }

  private boolean mayGo(FaultyNode node) {
    going.removeIf(this::isBack);
    return nodes.size() - going.size() > FEWEST && !going.contains(node);
  }

  /** Whether one that was about to go has a vote again, by what all others know. */
  private boolean isBack(FaultyNode node) {
    return node.serves()
        && nodes.stream()
            .filter(other -> other != node)
            .map(FaultyNode::gossip)
            .allMatch(other -> other != null && other.member().members().belongs(node.id()));
  }

  private FaultyNode any() {
    return nodes.get(time.random.nextInt(nodes.size()));
  }

  private FaultyNode anyBut(FaultyNode node) {
    List<FaultyNode> others = nodes.stream().filter(other -> other != node).toList();
    return others.get(time.random.nextInt(others.size()));
  }

  private void join() {
    if (nodes.size() < MOST) {
      FaultyNode newcomer = newNode.get();
      joins++;
      newcomer.start(nodes);
      nodes.add(newcomer);
      time.between(1, 1500, () -> loseAnother(newcomer));
    }
  }

  private void leave(FaultyNode node) {
    if (mayGo(node) && node.serves()) {
      going.add(node);
      node.life()
          .leave(
              () -> {
                leaves++;
                going.remove(node);
                losses.left(node);
                nodes.remove(node);
                time.between(1, 50, () -> loseAnother(node));
              },
              () -> startLater(node));
    }
  }

  /** What only the one that leaves and one more hold must not be left to that alone. */
  private void leaveWhileOneIsCutOff() {
    FaultyNode leaver = any();
    FaultyNode alone = anyBut(leaver);
    for (FaultyNode other : nodes) {
      network.cut(alone.index(), other.index());
      network.cut(other.index(), alone.index());
    }
    time.between(300, 3000, () -> leave(leaver));
    time.between(2000, 6000, network::mend);
  }

  /** A node crashes, and an operator takes it for lost. */
  private void evict() {
    FaultyNode node = any();
    if (mayGo(node) && mayLose(node)) {
      going.add(node);
      losses.lost(node);
      node.crash();
      time.between(100, 2000, () -> evict(node));
    }
  }

  private void evict(FaultyNode node) {
    List<FaultyNode> up = nodes.stream().filter(FaultyNode::serves).toList();
    going.remove(node);
    if (over || node.isUp() || !losses.mayBeWith(node) || up.isEmpty()) {
      startLater(node);
      return;
    }
    evictions++;
    up.get(time.random.nextInt(up.size())).evict(node);
    nodes.remove(node);
    losses.gone(node);
    // It may well come back, and has to be told.
    time.between(100, 5000, () -> node.start(nodes));
  }

  private void restartAndLoseAnother() {
    FaultyNode node = any();
    if (node.disk() != null && node.isUp()) {
      node.crash();
      time.between(
          50,
          500,
          () -> {
            node.start(nodes);
            time.between(1, 300, () -> loseAnother(node));
          });
    }
  }

  private void loseAnother(FaultyNode node) {
    if (over || nodes.size() < 2 || !time.chance(0.5)) {
      return;
    }
    FaultyNode other = anyBut(node);
    if (mayLose(other)) {
      losses.lost(other);
      other.wipe();
      startLater(other);
    }
  }

  private boolean mayLose(FaultyNode node) {
    boolean othersUp =
        node.disk() != null || nodes.stream().allMatch(other -> other == node || other.serves());
    return othersUp && losses.mayBe();
  }

  private void startLater(FaultyNode node) {
    time.between(50, 2500, () -> node.start(nodes));
  }

  int joins() {
    return joins;
  }

  int leaves() {
    return leaves;
  }

  int evictions() {
    return evictions;
  }
}
