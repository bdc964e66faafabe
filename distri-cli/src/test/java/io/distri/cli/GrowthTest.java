package io.distri.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.distri.cli.local.FreePorts;
import io.distri.cli.local.Home;
import io.distri.cli.local.LocalCluster;
import io.distri.cli.local.SampleImage;
import io.distri.client.DistriClient;
import io.distri.client.DistriException;
import io.distri.protocol.HostPort;
import io.distri.protocol.ServiceNames;
import io.distri.protocol.image.AgeIdentity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A cluster grows and shrinks while callers seal photos and write documents, and none of them
 * notices. To four nodes; {@code -Dgrowth.nodes=7} says to how many.
 */
@Tag("processes")
class GrowthTest {
  private static final int NODES = Integer.getInteger("growth.nodes", 4);
  private static final int CALLERS = 4;
  private static final int CALLS_EACH_TIME = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path directory;

  private final String recipient = AgeIdentity.generate().recipient().toString();
  private final AtomicLong sealed = new AtomicLong();
  private final Queue<String> written = new ConcurrentLinkedQueue<>();
  private final Queue<DistriException> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> callers = new ArrayList<>();
  private final List<ConfigurableApplicationContext> newcomers = new ArrayList<>();

  @AfterEach
  void closeNodes() {
    newcomers.forEach(ConfigurableApplicationContext::close);
  }

  @Test
  void nodes_come_and_go_under_load_without_a_failed_call() throws Exception {
    Cli cli = new Cli(directory);
    Home home = new Home(directory);
    List<HostPort> addresses = FreePorts.anywhere(NODES);
    HostPort first = addresses.get(0);
    try (LocalCluster cluster = LocalCluster.start(home, addresses.subList(0, 1));
        DistriClient client =
            DistriClient.builder().nodes(first.toString()).deadline(PATIENCE).build()) {
      startCallers(client);
      for (HostPort newcomer : addresses.subList(1, NODES)) {
        newcomers.add(NodeProgram.start(home, List.of(newcomer, first), List.of()).orElseThrow());
        awaitUp(client, newcomers.size() + 1);
        awaitCalls();
      }
      assertThat(client.collectStats())
          .as("newcomers are elected as well")
          .allMatch(stats -> stats.completedTasks() > 0);
      for (int i = NODES - 1; i > 0; i--) {
        ConfigurableApplicationContext leaver = newcomers.get(i - 1);
        assertThat(cli.run("leave", "--ips", addresses.get(i).toString()).code()).isZero();
        await().atMost(PATIENCE).until(() -> !leaver.isActive());
        awaitCalls();
      }
      stopCallers();
      assertThat(failures).isEmpty();
      String kept =
          new String(
              client.sendDataWithParams(new byte[0], ServiceNames.READ_COLLECTION, "catalog"),
              StandardCharsets.UTF_8);
      assertThat(written).isNotEmpty().allMatch(kept::contains);
      assertThat(cluster.isAlive(0)).isTrue();
    }
  }

  private void startCallers(DistriClient client) {
    for (int caller = 0; caller < CALLERS; caller++) {
      callers.add(Thread.ofVirtual().start(() -> call(client)));
    }
  }

  private void call(DistriClient client) {
    byte[] photo = SampleImage.bytes();
    byte[] document = "{\"by\":\"growth\"}".getBytes(StandardCharsets.UTF_8);
    while (!Thread.currentThread().isInterrupted()) {
      try {
        client.sendDataWithParams(photo, ServiceNames.ENCRYPT, recipient);
        byte[] uuid = client.sendDataWithParams(document, ServiceNames.ADD_DOCUMENT, "catalog");
        written.add(new String(uuid, StandardCharsets.UTF_8));
        sealed.incrementAndGet();
      } catch (DistriException e) {
        if (!Thread.currentThread().isInterrupted()) {
          failures.add(e);
        }
      }
    }
  }

  private void stopCallers() throws InterruptedException {
    callers.forEach(Thread::interrupt);
    for (Thread caller : callers) {
      caller.join();
    }
  }

  private static void awaitUp(DistriClient client, int count) {
    await().atMost(PATIENCE).until(() -> client.collectStats().size() == count);
  }

  private void awaitCalls() {
    long goal = sealed.get() + CALLS_EACH_TIME;
    await().atMost(PATIENCE).until(() -> sealed.get() >= goal || !failures.isEmpty());
  }
}
