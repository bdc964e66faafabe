package io.distri.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.distri.client.DistriClient;
import io.distri.client.DistriException;
import io.distri.protocol.ServiceNames;
import io.distri.protocol.image.AgeIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every node of a cluster is restarted in turn while callers seal photos and write documents. */
@Tag("processes")
class RollingRestartTest {
  private static final int CALLERS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String recipient = AgeIdentity.generate().recipient().toString();
  private final AtomicLong calls = new AtomicLong();
  private final Queue<String> written = new ConcurrentLinkedQueue<>();
  private final Queue<DistriException> failures = new ConcurrentLinkedQueue<>();

  @Test
  void no_call_fails_and_no_write_is_lost() throws Exception {
    try (LocalCluster cluster = LocalCluster.startDurable(FreePorts.anywhere(3));
        DistriClient client =
            DistriClient.builder()
                .nodes(cluster.addresses().stream().map(Object::toString).toList())
                .deadline(PATIENCE)
                .build()) {
      List<Thread> callers = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        callers.add(Thread.ofVirtual().start(() -> call(client)));
      }
      for (int node = 0; node < cluster.size(); node++) {
        awaitCalls();
        cluster.stop(node);
        assertThat(cluster.revive(node)).isTrue();
        cluster.awaitAllUp();
      }
      awaitCalls();
      callers.forEach(Thread::interrupt);
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(failures).isEmpty();
      for (NodeEndpoint node : cluster.endpoints()) {
        await().atMost(PATIENCE).until(() -> holdsAllWritten(node));
      }
    }
  }

  private void call(DistriClient client) {
    byte[] photo = SampleImage.bytes();
    byte[] document = "{\"by\":\"rolling\"}".getBytes(StandardCharsets.UTF_8);
    while (!Thread.currentThread().isInterrupted()) {
      try {
        client.sendDataWithParams(photo, ServiceNames.ENCRYPT, recipient);
        byte[] uuid = client.sendDataWithParams(document, ServiceNames.ADD_DOCUMENT, "catalog");
        written.add(new String(uuid, StandardCharsets.UTF_8));
        calls.addAndGet(2);
      } catch (DistriException e) {
        if (!Thread.currentThread().isInterrupted()) {
          failures.add(e);
        }
      }
    }
  }

  private boolean holdsAllWritten(NodeEndpoint node) throws Exception {
    String kept =
        new String(
            node.call(ServiceNames.READ_COLLECTION, "catalog", new byte[0]),
            StandardCharsets.UTF_8);
    return !written.isEmpty() && written.stream().allMatch(kept::contains);
  }

  private void awaitCalls() {
    long goal = calls.get() + 20;
    await().atMost(PATIENCE).until(() -> calls.get() >= goal || !failures.isEmpty());
  }
}
