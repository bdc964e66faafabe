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
import java.util.concurrent.locks.LockSupport;

/**
 * Callers that seal photos and write documents, one after the other, until they are stopped. They
 * pause between calls, so that nodes that start meanwhile get on.
 */
public final class Callers implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final String COLLECTION = "catalog";

  private final String recipient = AgeIdentity.generate().recipient().toString();
  private final DistriClient client;
  private final AtomicLong rounds = new AtomicLong();
  private final Queue<String> written = new ConcurrentLinkedQueue<>();
  private final Queue<DistriException> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  /** Begins. */
  public Callers(DistriClient client, int count) {
    this.client = client;
    for (int caller = 0; caller < count; caller++) {
      threads.add(Thread.ofVirtual().start(this::call));
    }
  }

  private void call() {
    byte[] photo = SampleImage.bytes();
    byte[] document = "{\"by\":\"a caller\"}".getBytes(StandardCharsets.UTF_8);
    while (!Thread.currentThread().isInterrupted()) {
      try {
        client.sendDataWithParams(photo, ServiceNames.ENCRYPT, recipient);
        byte[] uuid = client.sendDataWithParams(document, ServiceNames.ADD_DOCUMENT, COLLECTION);
        written.add(new String(uuid, StandardCharsets.UTF_8));
        rounds.incrementAndGet();
        LockSupport.parkNanos(PAUSE.toNanos());
      } catch (DistriException e) {
        if (!Thread.currentThread().isInterrupted()) {
          failures.add(e);
        }
      }
    }
  }

  /** Waits until so many more photos were sealed and documents written, or a call failed. */
  public void awaitMore(int count) {
    long goal = rounds.get() + count;
    await().atMost(PATIENCE).until(() -> rounds.get() >= goal || !failures.isEmpty());
  }

  /** Ends them, and sees that no call failed and that each node has all that was written. */
  public void stopAndCheck(List<NodeEndpoint> nodes) {
    close();
    assertThat(failures).isEmpty();
    assertThat(written).isNotEmpty();
    for (NodeEndpoint node : nodes) {
      await().atMost(PATIENCE).until(() -> written.stream().allMatch(read(node)::contains));
    }
  }

  private static String read(NodeEndpoint node) throws Exception {
    return new String(
        node.call(ServiceNames.READ_COLLECTION, COLLECTION, new byte[0]), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while callers ended", e);
    }
  }
}
