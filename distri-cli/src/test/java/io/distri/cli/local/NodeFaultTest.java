package io.distri.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.distri.client.DistriClient;
import io.distri.client.DistriException;
import io.distri.protocol.ServiceNames;
import io.distri.protocol.image.AgeIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Faults of real nodes, in processes of their own, while callers seal photos all the time. */
@Tag("processes")
class NodeFaultTest {

  private static final int CALLERS = 16;

  /** Between calls, so that nodes that start meanwhile get on. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static LocalCluster cluster;

  private final String recipient = AgeIdentity.generate().recipient().toString();
  private final AtomicLong done = new AtomicLong();
  private final ConcurrentLinkedQueue<DistriException> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> callers = new ArrayList<>();
  private DistriClient client;

  @BeforeAll
  static void startNodes() {
    cluster = LocalCluster.startForNow(FreePorts.anywhere(3));
  }

  @AfterAll
  static void stopNodes() {
    cluster.close();
  }

  private void startCallers(Duration deadline) {
    client =
        DistriClient.builder()
            .nodes(cluster.addresses().stream().map(Object::toString).toList())
            .deadline(deadline)
            .build();
    for (int caller = 0; caller < CALLERS; caller++) {
      callers.add(Thread.ofVirtual().start(this::callOnAndOn));
    }
    awaitCalls(200);
  }

  @AfterEach
  void stopCallers() throws InterruptedException {
    callers.forEach(Thread::interrupt);
    for (Thread caller : callers) {
      caller.join();
    }
    client.close();
    cluster.awaitAllUp();
  }

  @Test
  void a_node_that_is_killed_in_the_middle_of_calls_fails_none() {
    startCallers(DEADLINE);
    cluster.kill(1);
    awaitCalls(200);
    cluster.revive(1);
    cluster.awaitAllUp();
    awaitCalls(200);
    assertThat(failures).isEmpty();
  }

  @Test
  void a_node_that_is_restarted_fails_none() {
    startCallers(DEADLINE);
    cluster.stop(0);
    cluster.revive(0);
    cluster.awaitAllUp();
    awaitCalls(200);
    assertThat(failures).isEmpty();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGSTOP")
  void a_node_that_is_stopped_and_goes_on_later_fails_none() {
    // A call waits for a silent node for a third of its time.
    startCallers(Duration.ofSeconds(30));
    cluster.pause(2);
    try {
      // Few: in the end each caller has a call that waits for the node.
      awaitCalls(20);
    } finally {
      cluster.resume(2);
    }
    awaitCalls(200);
    assertThat(failures).isEmpty();
  }

  @Test
  void all_nodes_down_and_back_only_delays_calls() {
    startCallers(DEADLINE);
    for (int node = 0; node < cluster.size(); node++) {
      cluster.kill(node);
    }
    for (int node = 0; node < cluster.size(); node++) {
      cluster.revive(node);
    }
    awaitCalls(200);
    assertThat(failures).isEmpty();
  }

  private void callOnAndOn() {
    byte[] photo = SampleImage.bytes();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        client.sendDataWithParams(photo, ServiceNames.ENCRYPT, recipient);
        done.incrementAndGet();
        LockSupport.parkNanos(PAUSE.toNanos());
      } catch (DistriException failure) {
        if (!Thread.currentThread().isInterrupted()) {
          failures.add(failure);
        }
      }
    }
  }

  private void awaitCalls(int more) {
    long goal = done.get() + more;
    await().atMost(PATIENCE).until(() -> done.get() >= goal || !failures.isEmpty());
  }
}
