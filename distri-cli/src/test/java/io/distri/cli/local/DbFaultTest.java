package io.distri.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.distri.protocol.HostPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real nodes with data directories whose faults last for a while, under writes: after each, nothing
 * that was acknowledged is missing on any node, and all hold the same.
 */
@Tag("processes")
@EnabledOnOs(value = OS.LINUX, disabledReason = "SIGSTOP, and a file system of a chosen size")
class DbFaultTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** The node whose disk can be made small. */
  private static final int SMALL = 2;

  @TempDir static Path directory;
  private static Path smallDisk;
  private static boolean mounted;
  private static LocalCluster cluster;

  private CountingWriters writers;

  @BeforeAll
  static void startNodes() throws Exception {
    Home home = new Home(directory);
    List<HostPort> addresses = FreePorts.anywhere(3);
    smallDisk = home.dataDirectory(addresses.get(SMALL));
    Files.createDirectories(smallDisk);
    mounted =
        run("mount", "-t", "tmpfs", "-o", "size=64m,mode=0700", "tmpfs", smallDisk.toString());
    cluster = LocalCluster.startDurable(home, addresses);
  }

  @AfterAll
  static void stopNodes() throws Exception {
    cluster.close();
    if (mounted) {
      run("umount", smallDisk.toString());
    }
  }

  @BeforeEach
  void startWriters() {
    writers = new CountingWriters(cluster, 1000);
    writers.awaitMore(200);
  }

  @AfterEach
  void stopWriters() {
    writers.close();
  }

  @Test
  void a_node_that_is_stopped_and_goes_on_loses_nothing_and_catches_up() {
    assertThat(cluster.pause(1)).isTrue();
    try {
      writers.awaitMore(300);
    } finally {
      assertThat(cluster.resume(1)).isTrue();
    }
    writers.stop();
    writers.awaitEqual();
  }

  @Test
  void nodes_that_are_all_killed_at_once_lose_nothing() {
    for (int node = 0; node < cluster.size(); node++) {
      cluster.kill(node);
    }
    for (int node = 0; node < cluster.size(); node++) {
      cluster.revive(node);
    }
    cluster.awaitAllUp();
    writers.awaitMore(100);
    writers.stop();
    writers.awaitEqual();
  }

  @Test
  void a_full_disk_refuses_writes_answers_reads_and_recovers() throws Exception {
    Assumptions.assumeTrue(mounted, "only root may mount a small disk");
    FileStore disk = Files.getFileStore(smallDisk);
    long used = disk.getTotalSpace() - disk.getUsableSpace();
    resize(used + 128 * 1024);
    try {
      await().atMost(PATIENCE).until(DbFaultTest::refusesForLackOfSpace);
      assertThat(small().call("ReadCollection", "catalog", new byte[0])).isNotEmpty();
      writers.awaitMore(300);
    } finally {
      resize(64 << 20);
    }
    await().atMost(PATIENCE).until(DbFaultTest::accepts);
    writers.stop();
    writers.awaitEqual();
  }

  /** A refused write may be followed by one that finds room: a log that is cut makes some. */
  private static boolean refusesForLackOfSpace() {
    try {
      write();
      return false;
    } catch (IOException refused) {
      return refused.getMessage().contains("with 507");
    }
  }

  private static boolean accepts() {
    try {
      write();
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static void write() throws IOException {
    byte[] document = "{\"UUID\":\"small\",\"n\":0}".getBytes(StandardCharsets.UTF_8);
    small().call("UpdateDocument", "catalog", document);
  }

  private static NodeEndpoint small() {
    return cluster.endpoints().get(SMALL);
  }

  private static void resize(long bytes) throws Exception {
    assertThat(run("mount", "-o", "remount,size=" + bytes, smallDisk.toString())).isTrue();
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }
}
