package io.distri.cli;

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
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Two peers and three nodes as real processes, for all classes; they end with this process. Peers
 * have 256 MB of heap.
 */
@ResourceLock("the two peers")
abstract class PeerProcesses {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  static Path directory;
  static LocalCluster cluster;
  static LocalPeer alice;
  static LocalPeer bob;

  @BeforeAll
  static void start() throws IOException {
    if (cluster != null) {
      return;
    }
    directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "peers");
    List<HostPort> ports = FreePorts.anywhere(7);
    List<HostPort> nodes = ports.subList(4, 7);
    CompletableFuture<LocalCluster> started =
        CompletableFuture.supplyAsync(() -> LocalCluster.startForNow(nodes));
    alice = peer("alice", ports.get(0), ports.get(1), nodes);
    bob = peer("bob", ports.get(2), ports.get(3), nodes);
    cluster = started.join();
    alice.awaitUp(message -> {});
    bob.awaitUp(message -> {});
  }

  private static LocalPeer peer(String name, HostPort address, HostPort web, List<HostPort> nodes) {
    return LocalPeer.start(
        new Home(directory),
        name,
        address,
        web,
        nodes,
        "--spring.main.sources=" + StepGate.class.getName(),
        "--" + StepGate.PROPERTY + "=" + directory);
  }

  /** Has alice publish a picture with noise behind its end. */
  static byte[] publish(String name, int size) throws IOException {
    byte[] photo = SampleImage.bytes();
    byte[] image = Arrays.copyOf(photo, Math.max(photo.length, size));
    byte[] noise = new byte[image.length - photo.length];
    new Random(size).nextBytes(noise);
    System.arraycopy(noise, 0, image, photo.length, noise.length);
    alice.endpoint().add(Files.write(directory.resolve(name), image), name, true);
    await(() -> bob.endpoint().state().path("catalog").toString().contains(name));
    return image;
  }

  static void tell(LocalPeer peer, String what, LocalPeer other, String image, int views) {
    Map<String, String> words =
        Map.of("peer", other.name(), "resource", image, "views", Integer.toString(views));
    peer.endpoint().tell(what, words);
  }

  static byte[] view(String name) {
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    bob.endpoint().view(alice.name(), name, image);
    return image.toByteArray();
  }

  /** Whether a list of a peer's has that image. */
  static boolean lists(LocalPeer peer, String list, String image) {
    return peer.endpoint().state().path(list).toString().contains("\"" + image + "\"");
  }

  /** What a list of a peer's, of those with grants, says of an image. */
  static JsonNode share(LocalPeer peer, String list, String image) {
    for (JsonNode share : peer.endpoint().state().path(list)) {
      if (share.path("grant").path("resource").asString("").equals(image)) {
        return share;
      }
    }
    return MissingNode.getInstance();
  }

  static List<Path> files(LocalPeer peer, String folder) {
    try (Stream<Path> files = Files.walk(peer.directory().resolve(folder))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw Failure.of("no folder", e);
    }
  }

  static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
  }
}
