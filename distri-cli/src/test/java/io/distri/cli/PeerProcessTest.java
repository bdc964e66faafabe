package io.distri.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.Cli.Result;
import io.distri.cli.local.FreePorts;
import io.distri.cli.local.Home;
import io.distri.cli.local.LocalCluster;
import io.distri.cli.local.LocalPeer;
import io.distri.cli.local.SampleImage;
import io.distri.cli.terminal.Failure;
import io.distri.protocol.HostPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two peers and three nodes as real processes; the peers have 256 MB of heap. */
@Tag("processes")
class PeerProcessTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static LocalCluster cluster;
  private static int test;

  @TempDir Path directory;
  private LocalPeer alice;
  private LocalPeer bob;

  @BeforeAll
  static void startCluster() {
    cluster = LocalCluster.startForNow(FreePorts.anywhere(3));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void startPeers() {
    // Peers of tests before are still in the directory.
    test++;
    List<HostPort> ports = FreePorts.anywhere(4);
    Home home = new Home(directory);
    alice = LocalPeer.start(home, "alice" + test, ports.get(0), ports.get(1), cluster.addresses());
    bob = LocalPeer.start(home, "bob" + test, ports.get(2), ports.get(3), cluster.addresses());
    alice.awaitUp();
    bob.awaitUp();
  }

  @AfterEach
  void stopPeers() {
    alice.close();
    bob.close();
  }

  @Test
  void images_of_80_kilobytes_3_and_40_megabytes_arrive_byte_for_byte() throws Exception {
    for (int size : new int[] {80_000, 3_000_000, 40_000_000}) {
      String name = size + ".jpg";
      byte[] image = publish(name, size);
      share(name, 1);
      assertThat(view(name)).isEqualTo(image);
    }
    assertThat(alice.isAlive() && bob.isAlive()).isTrue();
  }

  @Test
  void kill_9_at_any_moment_loses_no_grant_and_gives_no_view() throws Exception {
    byte[] image = publish("cat.jpg", 3_000_000);
    Random random = new Random(20261122);
    long given = 0;
    int shown = 0;
    for (int round = 0; round < 2; round++) {
      bob.endpoint()
          .tell("request", Map.of("peer", alice.name(), "resource", "cat.jpg", "views", "2"));
      killAfter(round % 2 == 0 ? alice : bob, random.nextInt(300));
      restart();
      await(() -> !alice.endpoint().state().path("inbox").isEmpty());
      alice
          .endpoint()
          .tell("grant", Map.of("peer", bob.name(), "resource", "cat.jpg", "views", "2"));
      given += 2;
      killAfter(round % 2 == 0 ? bob : alice, random.nextInt(1500));
      if (round == 1) {
        cluster.kill(0);
      }
      restart();
      long granted = given;
      await(() -> available().path("here").asBoolean() && granted(available()) == granted);
      if (round == 1) {
        cluster.revive(0);
        cluster.awaitAllUp();
      }
      shown += viewWhileKilled(image, random.nextInt(60));
      shown += Arrays.equals(view("cat.jpg"), image) ? 1 : 0;
    }

    assertThat((long) shown).isLessThanOrEqualTo(given);
    await(() ->
        available()
            .path("spent")
            .equals(alice.endpoint().state().path("shared").path(0).path("spent")));
    long spent = available().path("spent").asLong();
    assertThat(spent).isBetween((long) shown, given);
    for (long left = given - spent; left > 0; left--) {
      assertThat(view("cat.jpg")).isEqualTo(image);
    }
    assertThat(available().path("left").asLong()).isZero();
    await(() -> files(bob, "resources/borrowed") == 0 && files(bob, "transfer") == 0);
    await(() -> files(alice, "transfer") == 0);
  }

  @Test
  void the_terminal_does_what_the_page_does() throws Exception {
    Cli cli = new Cli(directory);
    Path photo = Files.write(directory.resolve("photo.jpg"), SampleImage.bytes());
    Path seen = directory.resolve("seen.jpg");
    assertThat(say(cli, alice, "add " + photo)).contains("Published photo.jpg.");
    await(() -> say(cli, bob, "list").contains("photo.jpg"));
    assertThat(say(cli, bob, "request " + alice.name() + " photo.jpg 2"))
        .contains("Asked " + alice.name() + " for 2 views");
    await(() -> say(cli, alice, "list").contains("Requests to you"));
    say(cli, alice, "grant " + bob.name() + " photo.jpg 1");
    await(() -> available().path("here").asBoolean());
    assertThat(say(cli, bob, "view " + alice.name() + " photo.jpg --out " + seen))
        .contains("0 views left");
    assertThat(seen).hasBinaryContent(SampleImage.bytes());

    Path again = directory.resolve("again.jpg");
    Result refused = cli.run(words(bob, "view " + alice.name() + " photo.jpg --out " + again));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("no views of this image left");
    assertThat(again).doesNotExist();
    say(cli, alice, "change " + bob.name() + " photo.jpg 3");
    await(() -> available().path("left").asLong() == 3);
    say(cli, alice, "change " + bob.name() + " photo.jpg 0");
    await(() -> available().path("left").asLong() == 0);
    say(cli, bob, "request " + alice.name() + " photo.jpg 1");
    await(() -> say(cli, alice, "list").contains("Requests to you"));
    say(cli, alice, "deny " + bob.name() + " photo.jpg");
    await(() -> bob.endpoint().state().path("pending").isEmpty());
    say(cli, alice, "delete photo.jpg");
    assertThat(cli.run("peer", "--identifier", "nobody", "list").err()).contains("No peer runs");
  }

  private static String[] words(LocalPeer peer, String line) {
    return ("peer --identifier " + peer.name() + " " + line).split(" ");
  }

  private static String say(Cli cli, LocalPeer peer, String line) {
    Result result = cli.run(words(peer, line));
    assertThat(result.code()).as(line + ": " + result.err()).isZero();
    return result.out();
  }

  /** A picture, and noise behind its end. */
  private byte[] publish(String name, int size) throws IOException {
    byte[] photo = SampleImage.bytes();
    byte[] image = Arrays.copyOf(photo, Math.max(photo.length, size));
    byte[] noise = new byte[image.length - photo.length];
    new Random(size).nextBytes(noise);
    System.arraycopy(noise, 0, image, photo.length, noise.length);
    alice.endpoint().add(Files.write(directory.resolve(name), image), name, true);
    await(() -> bob.endpoint().state().path("catalog").toString().contains(name));
    return image;
  }

  private void share(String name, int views) {
    bob.endpoint().tell("request", Map.of("peer", alice.name(), "resource", name, "views", "1"));
    await(() -> alice.endpoint().state().path("inbox").toString().contains(name));
    alice
        .endpoint()
        .tell(
            "grant",
            Map.of("peer", bob.name(), "resource", name, "views", Integer.toString(views)));
    await(() -> {
      for (JsonNode share : bob.endpoint().state().path("available")) {
        if (share.toString().contains(name) && share.path("here").asBoolean()) {
          return true;
        }
      }
      return false;
    });
  }

  private byte[] view(String name) {
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    bob.endpoint().view(alice.name(), name, image);
    return image.toByteArray();
  }

  /** Returns 1 where the whole image came before the end. */
  private int viewWhileKilled(byte[] image, int millis) {
    Thread killer = Thread.ofVirtual().start(() -> killAfter(bob, millis));
    int shown = 0;
    try {
      shown = Arrays.equals(view("cat.jpg"), image) ? 1 : 0;
    } catch (Failure brokenOff) {
      assertThat(brokenOff).hasMessageNotContaining("no views");
    }
    try {
      killer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    restart();
    await(() -> available().path("here").asBoolean());
    return shown;
  }

  private static void killAfter(LocalPeer peer, int millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    peer.kill();
  }

  private void restart() {
    for (LocalPeer peer : List.of(alice, bob)) {
      peer.revive();
      peer.awaitUp();
    }
  }

  private JsonNode available() {
    return bob.endpoint().state().path("available").path(0);
  }

  private static long granted(JsonNode share) {
    return share.path("grant").path("views").asLong();
  }

  private static long files(LocalPeer peer, String folder) {
    try (Stream<Path> files = Files.walk(peer.directory().resolve(folder))) {
      return files.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw Failure.of("no folder", e);
    }
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(condition);
  }
}
