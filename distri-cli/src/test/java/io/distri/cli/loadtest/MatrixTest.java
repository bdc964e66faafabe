package io.distri.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.loadtest.CellResult.Entries;
import io.distri.cli.local.FreePorts;
import io.distri.cli.local.LocalCluster;
import io.distri.cli.terminal.Progress;
import io.distri.protocol.image.AgeIdentity;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The original's matrix in small, on real processes. */
@Tag("processes")
class MatrixTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void no_task_fails_and_every_acknowledged_entry_is_on_every_node(int servers) {
    try (LocalCluster cluster = LocalCluster.startForNow(FreePorts.anywhere(servers))) {
      for (int clients : List.of(5, 100)) {
        CellResult encrypt = test(Kind.ENCRYPT, cluster, clients);
        assertThat(encrypt.counts().calls()).isEqualTo(clients * 10L);
        assertThat(encrypt.isClean()).as("%s", encrypt).isTrue();

        CellResult db = test(Kind.DB, cluster, clients);
        assertThat(db.counts().calls()).isEqualTo(clients * 4L);
        assertThat(db.entries()).isEqualTo(new Entries(clients, clients));
        assertThat(db.isClean()).as("%s", db).isTrue();
      }
    }
  }

  private static CellResult test(Kind kind, LocalCluster cluster, int clients) {
    String recipient = AgeIdentity.generate().recipient().toString();
    ClosedLoop load = new ClosedLoop(kind.tasks());
    try (CellRunner runner =
            new CellRunner(
                kind, load, cluster.addresses(), new CostMeter(cluster::cpuTime), recipient);
        Progress progress = Progress.of("Test", clients)) {
      Tally tally = load.tally();
      CellResult result = runner.run(new Cell(cluster.size(), clients), tally, progress);
      assertThat(tally.reasons()).isEmpty();
      assertThat(result.cost().nodesCpuMs()).isPositive();
      assertThat(result.cost().clientCpuMs()).isPositive();
      return result;
    }
  }
}
