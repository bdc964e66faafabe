package io.distri.benchmarks.node;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Redis server with one replica, and connections of Lettuce to it. */
final class RedisPair implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int WAIT_MS = 5000;

  private final Path directory = Files.createTempDirectory(Path.of("target"), "redis");
  private final List<Process> processes = new ArrayList<>();
  private final RedisClient client;
  private final BlockingQueue<StatefulRedisConnection<String, String>> connections =
      new LinkedBlockingQueue<>();

  /**
   * Starts both and waits until the replica follows.
   *
   * @param syncAlways whether each write is synced to disk, as {@code appendfsync always} does
   */
  RedisPair(int connections, boolean syncAlways) throws IOException, InterruptedException {
    int port = NodeProcess.freeAddress().port();
    int replica = NodeProcess.freeAddress().port();
    start(port, syncAlways);
    start(replica, syncAlways, "--replicaof", "127.0.0.1 " + port);
    client = RedisClient.create(RedisURI.create("redis://127.0.0.1:" + port));
    awaitReplica();
    for (int i = 0; i < connections; i++) {
      this.connections.add(client.connect());
    }
  }

  private void start(int port, boolean syncAlways, String... more) throws IOException {
    Path own = Files.createDirectory(directory.resolve(Integer.toString(port)));
    List<String> command =
        new ArrayList<>(List.of("redis-server", "--port", Integer.toString(port)));
    command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--dir", own.toString()));
    command.addAll(List.of("--appendonly", syncAlways ? "yes" : "no"));
    command.addAll(List.of("--appendfsync", "always"));
    command.addAll(List.of(more));
    processes.add(
        new ProcessBuilder(command)
            .redirectOutput(own.resolve("log").toFile())
            .redirectErrorStream(true)
            .start());
  }

  private void awaitReplica() throws InterruptedException, IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try (StatefulRedisConnection<String, String> connection = client.connect()) {
        connection.sync().set("up", "1");
        if (connection.sync().waitForReplication(1, WAIT_MS) == 1) {
          return;
        }
      } catch (RedisException notYet) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new IOException("Redis did not start");
  }

  /** {@code SET}, then {@code WAIT 1}: done when the replica has it. */
  void write(String key, String value) throws InterruptedException {
    StatefulRedisConnection<String, String> connection = connections.take();
    try {
      RedisCommands<String, String> redis = connection.sync();
      redis.set(key, value);
      if (redis.waitForReplication(1, WAIT_MS) < 1) {
        throw new RedisException("the replica did not follow");
      }
    } finally {
      connections.add(connection);
    }
  }

  @Override
  public void close() throws IOException {
    client.shutdown();
    processes.forEach(Process::destroy);
    processes.forEach(process -> process.onExit().join());
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
