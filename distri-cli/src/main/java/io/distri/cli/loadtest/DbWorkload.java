package io.distri.cli.loadtest;

import io.distri.cli.loadtest.Caller.Call;
import io.distri.cli.loadtest.CellResult.Entries;
import io.distri.cli.terminal.Failure;
import io.distri.client.DistriClient;
import io.distri.client.DistriRequest;
import io.distri.client.NodeAnswer;
import io.distri.protocol.ServiceNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
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

  /** How long calls before and after a test may take: nodes are idle then, or down. */
  private static final Duration AROUND = Duration.ofSeconds(30);

  private static final Duration POLL = Duration.ofMillis(50);

  private final DistriClient client;
  private final JsonMapper json = new JsonMapper();
  private final String collection = "load-test-" + UUID.randomUUID();
  private final LongAdder acknowledged = new LongAdder();

  /** Makes a collection of its own on the nodes. */
  DbWorkload(DistriClient client) {
    this.client = client;
    client.send(
        DistriRequest.to(ServiceNames.CREATE_COLLECTION)
            .body(collection.getBytes(StandardCharsets.UTF_8))
            .deadline(AROUND)
            .build());
  }

  @Override
  public int callsPerRound() {
    return Kind.DB.calls();
  }

  @Override
  public void round(long due, Caller caller) {
    boolean holds = true;
    long next = due;
    for (Call call : calls(UUID.randomUUID().toString())) {
      if (holds) {
        holds = caller.make(next, call);
      } else {
        caller.tally().failed("not made, because the call before it failed");
      }
      next = System.nanoTime();
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
    send(ServiceNames.DELETE_COLLECTION, new byte[0], AROUND);
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

  /** Those of a round. */
  private List<Call> calls(String uuid) {
    return List.of(
        deadline -> add(uuid, deadline),
        deadline -> read(uuid, "added", deadline),
        deadline -> write(ServiceNames.UPDATE_DOCUMENT, uuid, "updated", deadline),
        deadline -> read(uuid, "updated", deadline));
  }

  private boolean add(String uuid, Duration deadline) {
    boolean added = write(ServiceNames.ADD_DOCUMENT, uuid, "added", deadline);
    if (added) {
      acknowledged.increment();
    }
    return added;
  }

  private boolean write(String service, String uuid, String state, Duration deadline) {
    byte[] document =
        json.writeValueAsBytes(json.createObjectNode().put("UUID", uuid).put("state", state));
    byte[] answer = send(service, document, deadline);
    return new String(answer, StandardCharsets.UTF_8).strip().equals(uuid);
  }

  private byte[] send(String service, byte[] body, Duration deadline) {
    return client
        .send(DistriRequest.to(service).body(body).params(collection).deadline(deadline).build())
        .body();
  }

  private boolean read(String uuid, String state, Duration deadline) {
    byte[] filter = json.writeValueAsBytes(json.createObjectNode().put("UUID", uuid));
    byte[] answer = send(ServiceNames.READ_COLLECTION, filter, deadline);
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
