package io.distri.node.sync;

import io.distri.node.db.VersionVector;
import io.distri.node.db.service.WriteAcks;
import java.time.Duration;

/** Sends writes to the members and waits for their copies. Safe for use by many threads. */
final class Replication implements WriteAcks {
  private final Links links;
  private final AckBoard board;
  private final SyncObservations observations;

  Replication(Links links, AckBoard board, SyncObservations observations) {
    this.links = links;
    this.board = board;
    this.observations = observations;
  }

  @Override
  public void send() {
    links.wake(observations.current());
  }

  @Override
  public Acked inReach() {
    return board.inReach();
  }

  @Override
  public Acked await(VersionVector writes, Duration patience) throws InterruptedException {
    return board.await(writes, patience);
  }

  @Override
  public VersionVector told() {
    return board.told();
  }
}
