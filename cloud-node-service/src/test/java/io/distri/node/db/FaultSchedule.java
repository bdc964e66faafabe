package io.distri.node.db;

import io.distri.node.db.storage.SimulatedDisk;
import java.util.List;

/** Has everything go wrong that the DB promises to survive, one thing after the other. */
final class FaultSchedule {
  private final VirtualTime time;
  private final FaultyNetwork network;
  private final List<FaultyNode> nodes;
  private final Losses losses;
  private final boolean durable;
  private final long longestPauseMillis;
  private boolean over;

  FaultSchedule(
      VirtualTime time,
      FaultyNetwork network,
      List<FaultyNode> nodes,
      Losses losses,
      boolean durable,
      long longestPauseMillis) {
    this.time = time;
    this.network = network;
    this.nodes = nodes;
    this.losses = losses;
    this.durable = durable;
    this.longestPauseMillis = longestPauseMillis;
  }

  void goOn() {
    time.between(
        200,
        longestPauseMillis,
        () -> {
          if (!over) {
            next();
            goOn();
          }
        });
  }

  /** All that is wrong is put right: it takes a moment, and what is on its way may still arrive. */
  void end() {
    over = true;
    network.heal();
    for (FaultyNode node : nodes) {
      node.setClock(0);
      SimulatedDisk disk = node.disk();
      if (disk != null) {
        disk.grow();
        disk.failSyncs(false);
        disk.crashAfter(Long.MAX_VALUE);
      }
      Replica replica = node.replica();
      if (replica != null && !replica.takesWrites()) {
        node.crash();
      }
      node.start(nodes);
    }
  }

  private void next() {
    switch (time.random.nextInt(durable ? 12 : 5)) {
      case 0 -> partition();
      case 1 -> oneWay();
      case 2 -> wipe();
      case 3 -> flap(4);
      case 4 -> clock();
      case 5 -> crash(any());
      case 6 -> crashInTheMiddle(any());
      case 7 -> nodes.forEach(this::crash);
      case 8, 9 -> restore();
      case 10 -> away();
      default -> disk();
    }
  }

  private FaultyNode any() {
    return nodes.get(time.random.nextInt(nodes.size()));
  }

  private void partition() {
    FaultyNode alone = any();
    for (FaultyNode other : nodes) {
      network.cut(alone.index(), other.index());
      network.cut(other.index(), alone.index());
    }
    time.between(300, 4000, network::mend);
  }

  private void oneWay() {
    network.cut(any().index(), any().index());
    network.cut(any().index(), FaultyNetwork.OUTSIDE);
    time.between(300, 4000, network::mend);
  }

  private void flap(int times) {
    partition();
    if (times > 0) {
      time.between(
          50,
          300,
          () -> {
            network.mend();
            flap(times - 1);
          });
    }
  }

  /** In memory, a crash loses everything; on disk, the disk is replaced by an empty one. */
  private void wipe() {
    if (!losses.mayBe()) {
      return;
    }
    FaultyNode node = any();
    boolean othersUp = nodes.stream().allMatch(other -> other == node || other.isUp());
    if (durable || othersUp) {
      losses.lost(node);
      node.wipe();
      startLater(node);
    }
  }

  /** A node is down for so long that the others would forget, did they not wait for it. */
  private void away() {
    FaultyNode node = any();
    if (node.isUp() && time.chance(0.3)) {
      node.crash();
      time.between(10_000, 30_000, () -> node.start(nodes));
    }
  }

  /** A node starts from a copy of its disk that was made a while ago. */
  private void restore() {
    FaultyNode node = any();
    SimulatedDisk disk = node.disk();
    if (disk == null) {
      return;
    }
    SimulatedDisk copy = disk.copy();
    time.between(
        500,
        40_000,
        () -> {
          // Once a disk was replaced, older copies are not to be used any more: what they hold
          // that nobody else does was given up, and may be known to be.
          if (!over && node.disk() == disk && losses.mayBe()) {
            losses.lost(node);
            node.restore(copy);
            startLater(node);
          }
        });
  }

  private void crash(FaultyNode node) {
    if (node.isUp()) {
      node.crash();
      startLater(node);
    }
  }

  private void crashInTheMiddle(FaultyNode node) {
    SimulatedDisk disk = node.disk();
    if (disk != null && node.isUp()) {
      disk.crashAfter(time.random.nextInt(20));
      time.after(1000, () -> disk.crashAfter(Long.MAX_VALUE));
      time.between(1001, 3000, () -> node.start(nodes));
    }
  }

  private void startLater(FaultyNode node) {
    time.between(50, 2500, () -> node.start(nodes));
  }

  private void disk() {
    FaultyNode node = any();
    SimulatedDisk disk = node.disk();
    if (disk == null) {
      return;
    }
    if (time.chance(0.5)) {
      disk.leave(time.random.nextInt(2000));
      time.between(200, 2000, disk::grow);
    } else {
      disk.failSyncs(true);
      time.between(
          200,
          1000,
          () -> {
            disk.failSyncs(false);
            crash(node);
          });
    }
  }

  private void clock() {
    FaultyNode node = any();
    node.setClock(time.random.nextLong(-3_600_000, 3_600_000));
    time.between(300, 3000, () -> node.setClock(time.random.nextLong(-200, 200)));
  }
}
