package io.distri.cli.loadtest;

import io.distri.cli.loadtest.CellResult.Entries;
import io.distri.cli.terminal.Failure;
import io.distri.client.DistriClient;
import io.distri.client.DistriException;
import io.distri.client.NodeAnswer;
import io.distri.protocol.ServiceNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Four calls a round: a document is added, read, updated and read again. Reads ask for this one
 * document by its UUID and must answer exactly what was written last: the session promises it on
 * whatever node they land. A call that fails takes those after it along, which build on it.
 */
final class DbWorkload implements Workload {

  /** Within this time of the last acknowledgement every document is on every node. */
  private static final Duration SYNC = Duration.ofSeconds(5);

  private static final Duration POLL = Duration.ofMillis(50);

  private final DistriClient client;
  private final JsonMapper json = new JsonMapper();
  private final String collection = "load-test-" + UUID.randomUUID();
  private final LongAdder acknowledged = new LongAdder();

  /** Makes a collection of its own on the nodes. */
  DbWorkload(DistriClient client) {
    this.client = client;
    client.sendData(name(), ServiceNames.CREATE_COLLECTION);
  }

  @Override
  public int callsPerRound() {
    return steps("").size();
  }

  @Override
  public void round(Tally tally) {
    boolean holds = true;
    for (BooleanSupplier step : steps(UUID.randomUUID().toString())) {
      if (holds) {
        holds = tallied(step, tally);
      } else {
        tally.failed("not made, because the call before it failed");
      }
    }
  }

  @Override
  public Entries entries() {
    long expected = acknowledged.sum();
    long deadline = System.nanoTime() + SYNC.toNanos();
    long saved = savedFarthestFrom(expected);
    while (saved != expected && System.nanoTime() < deadline) {
      pause();
      saved = savedFarthestFrom(expected);
    }
    return new Entries(expected, saved);
  }

  @Override
  public void close() {
    client.sendDataWithParams(new byte[0], ServiceNames.DELETE_COLLECTION, collection);
  }

  private byte[] name() {
    return collection.getBytes(StandardCharsets.UTF_8);
  }

  /** A node that doesn't answer can't show what it saved. */
  private long savedFarthestFrom(long expected) {
    return client.askStats().stream()
        .map(this::saved)
        .max(Comparator.comparingLong(saved -> Math.abs(saved - expected)))
        .orElse(0L);
  }

  private long saved(NodeAnswer answer) {
    return switch (answer) {
      case NodeAnswer.Answered answered ->
          answered.stats().collections().getOrDefault(collection, 0);
      case NodeAnswer.Silent silent -> 0;
    };
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted while nodes synced.", e);
    }
  }

  /** The calls, each of which tells whether it was answered as it should be. */
  private List<BooleanSupplier> steps(String uuid) {
    return List.of(
        () -> add(uuid),
        () -> read(uuid, "added"),
        () -> write(ServiceNames.UPDATE_DOCUMENT, uuid, "updated"),
        () -> read(uuid, "updated"));
  }

  private static boolean tallied(BooleanSupplier step, Tally tally) {
    long start = System.nanoTime();
    try {
      if (step.getAsBoolean()) {
        tally.done(Duration.ofNanos(System.nanoTime() - start));
        return true;
      }
      tally.failed("the answer is not what was written");
    } catch (DistriException e) {
      tally.failed(e.getClass().getSimpleName());
    }
    return false;
  }

  private boolean add(String uuid) {
    boolean added = write(ServiceNames.ADD_DOCUMENT, uuid, "added");
    if (added) {
      acknowledged.increment();
    }
    return added;
  }

  private boolean write(String service, String uuid, String state) {
    byte[] document =
        json.writeValueAsBytes(json.createObjectNode().put("UUID", uuid).put("state", state));
    byte[] answer = client.sendDataWithParams(document, service, collection);
    return new String(answer, StandardCharsets.UTF_8).strip().equals(uuid);
  }

  private boolean read(String uuid, String state) {
    byte[] filter = json.writeValueAsBytes(json.createObjectNode().put("UUID", uuid));
    byte[] answer = client.sendDataWithParams(filter, ServiceNames.READ_COLLECTION, collection);
    try {
      JsonNode documents = json.readTree(answer);
      JsonNode document = documents.path(0);
      return documents.size() == 1
          && document.path("UUID").asString("").equals(uuid)
          && document.path("state").asString("").equals(state);
    } catch (JacksonException foreign) {
      return false;
    }
  }
}
