package io.distri.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.client.DistriClient;
import io.distri.protocol.HostPort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every node of a cluster is restarted in turn while callers seal photos and write documents. */
@Tag("processes")
@Tag("proof")
class RollingRestartTest {
  @Test
  void no_call_fails_and_no_write_is_lost() {
    try (LocalCluster cluster = LocalCluster.startDurable(FreePorts.anywhere(3));
        DistriClient client =
            DistriClient.builder()
                .nodes(cluster.addresses().stream().map(HostPort::toString).toList())
                .deadline(Callers.PATIENCE)
                .build();
        Callers callers = new Callers(client, 3)) {
      for (int node = 0; node < cluster.size(); node++) {
        callers.awaitMore(10);
        cluster.stop(node);
        assertThat(cluster.revive(node)).isTrue();
        cluster.awaitAllUp();
      }
      callers.awaitMore(10);
      callers.stopAndCheck(cluster.endpoints());
    }
  }
}
