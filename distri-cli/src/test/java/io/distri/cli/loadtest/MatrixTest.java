package io.distri.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.loadtest.CellResult.Entries;
import io.distri.cli.local.FreePorts;
import io.distri.cli.local.LocalCluster;
import io.distri.cli.terminal.Progress;
import io.distri.protocol.image.AgeIdentity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The original's matrix in small, on real processes. */
@Tag("processes")
@Tag("proof")
class MatrixTest {
  private static final int CLIENTS = 100;

  /** The original had no task done from six on. */
  private static final int SERVERS = 7;

  @Test
  void no_task_fails_and_every_acknowledged_entry_is_on_every_node() {
    try (LocalCluster cluster = LocalCluster.startForNow(FreePorts.anywhere(SERVERS))) {
      CellResult encrypt = test(Kind.ENCRYPT, cluster);
      assertThat(encrypt.counts().calls()).isEqualTo(CLIENTS * 10L);
      assertThat(encrypt.isClean()).as("%s", encrypt).isTrue();

      CellResult db = test(Kind.DB, cluster);
      assertThat(db.counts().calls()).isEqualTo(CLIENTS * 4L);
      assertThat(db.entries()).isEqualTo(new Entries(CLIENTS, CLIENTS));
      assertThat(db.isClean()).as("%s", db).isTrue();
    }
  }

  private static CellResult test(Kind kind, LocalCluster cluster) {
    String recipient = AgeIdentity.generate().recipient().toString();
    ClosedLoop load = new ClosedLoop(kind.tasks());
    try (CellRunner runner =
            new CellRunner(
                kind, load, cluster.addresses(), new CostMeter(cluster::cpuTime), recipient);
        Progress progress = Progress.of("Test", CLIENTS)) {
      Tally tally = load.tally();
      CellResult result = runner.run(new Cell(cluster.size(), CLIENTS), tally, progress);
      assertThat(tally.reasons()).isEmpty();
      assertThat(result.cost().nodesCpuMs()).isPositive();
      assertThat(result.cost().clientCpuMs()).isPositive();
      return result;
    }
  }
}
