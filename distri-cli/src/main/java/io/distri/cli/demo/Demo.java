package io.distri.cli.demo;

import io.distri.cli.local.FreePorts;
import io.distri.cli.local.Home;
import io.distri.cli.local.LocalCluster;
import io.distri.cli.local.LocalPeer;
import io.distri.cli.local.StartTraining;
import io.distri.cli.terminal.Failure;
import io.distri.client.DistriClient;
import io.distri.node.dashboard.Recent;
import io.distri.protocol.HostPort;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** The demo from beginning to end. */
public final class Demo {

  private static final int NODES = 3;

  private final Home home;
  private final PrintWriter out;

  public Demo(Home home, PrintWriter out) {
    this.home = home;
    this.out = out;
  }

  /**
   * Starts nodes and peers and plays the tour.
   *
   * @param once whether that is all; otherwise the page is served until this thread is interrupted
   * @return whether everything held that the tour looked at
   */
  public boolean run(boolean once) {
    try (FileChannel channel = lockFile();
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw new Failure("A demo is running already on this machine, in " + home.directory());
      }
      home.demo().delete();
      boolean held = play(once);
      if (once) {
        StartTraining.run(out);
      }
      return held;
    } catch (IOException e) {
      throw Failure.of("The demo has no place for its state", e);
    }
  }

  private FileChannel lockFile() throws IOException {
    Files.createDirectories(home.directory());
    return FileChannel.open(
        home.directory().resolve("demo.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private boolean play(boolean once) {
    List<HostPort> addresses = FreePorts.near3000(NODES);
    List<HostPort> peers = FreePorts.peers(2);
    List<HostPort> pages = FreePorts.peerPages(2);
    out.println("Distri: a tour on three nodes, each a process of its own on this machine.");
    out.printf(
        "Two people share pictures on them: alice at http://%s, bob at http://%s.%n",
        pages.get(0), pages.get(1));
    out.println("Starting them …");
    long start = System.nanoTime();
    try (LocalCluster cluster = LocalCluster.startBreakable(home.demo(), addresses, out::println);
        LocalPeer alice =
            LocalPeer.start(home.demo(), "alice", peers.get(0), pages.get(0), addresses);
        LocalPeer bob =
            LocalPeer.start(home.demo(), "bob", peers.get(1), pages.get(1), addresses)) {
      alice.awaitUp(out::println);
      bob.awaitUp(out::println);
      out.printf(
          Locale.ROOT, "Up after %.1f s: %s%n", (System.nanoTime() - start) / 1e9, urls(addresses));
      boolean held = tour(cluster, alice, bob);
      if (!once) {
        StartTraining.inBackground();
        page(cluster);
      }
      return held;
    }
  }

  private boolean tour(LocalCluster cluster, LocalPeer alice, LocalPeer bob) {
    try (DistriClient client =
        DistriClient.builder()
            .nodes(cluster.addresses().stream().map(HostPort::toString).toList())
            .build()) {
      Stage stage =
          new Stage(
              cluster,
              client,
              home.ageIdentity(),
              home.ageIdentityFile(),
              home.demo().directory().resolve("pictures"),
              alice,
              bob);
      return new Tour(stage, out).play();
    }
  }

  private void page(LocalCluster cluster) {
    Recent<Snapshot> history = new Recent<>(Snapshot.KEPT);
    String recipient = home.ageIdentity().recipient().toString();
    try (Playground playground = new Playground(cluster, recipient, Traffic.DEADLINE, history);
        DemoPage page = new DemoPage(playground, history)) {
      playground.start();
      out.println();
      out.println(
          "Now break it: " + page.url() + " (Ctrl-C ends the demo, its nodes and its peers)");
      new CountDownLatch(1).await();
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
  }

  private static String urls(List<HostPort> addresses) {
    return String.join(", ", addresses.stream().map(address -> "http://" + address).toList());
  }
}
