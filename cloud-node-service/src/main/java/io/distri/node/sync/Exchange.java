package io.distri.node.sync;

import io.distri.node.db.Push;
import io.distri.node.membership.Member;
import io.distri.node.security.ClusterId;
import io.distri.node.security.InternalClient;
import io.distri.node.security.InternalWire;
import io.distri.node.sync.UpdateInfo.Answer;
import io.distri.node.sync.UpdateInfo.Pull;
import io.micrometer.observation.Observation;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One UpdateInfo to one member, and what its answer tells. Safe for use by many threads. */
final class Exchange {
  /** A member that takes longer is as good as silent; a busy machine may take a second or two. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Newsroom newsroom;
  private final ClusterId cluster;
  private final InternalClient client;
  private final InternalWire wire;
  private final SyncObservations observations;

  /** What each member told when it last answered. */
  private final Map<String, News> last = new ConcurrentHashMap<>();

  Exchange(
      Newsroom newsroom,
      ClusterId cluster,
      InternalClient client,
      InternalWire wire,
      SyncObservations observations) {
    this.newsroom = newsroom;
    this.cluster = cluster;
    this.client = client;
    this.wire = wire;
    this.observations = observations;
  }

  /**
   * Sends and waits for the answer. A member that doesn't know this node's key, since one of the
   * two started anew, is joined again first.
   *
   * @param cause the call that brought what is sent; null where there is none
   * @throws IOException where it does not answer as a member does
   */
  Answer send(Member to, @Nullable Push push, @Nullable Pull pull, @Nullable Observation cause)
      throws IOException, InterruptedException {
    if (push == null && pull == null) {
      return send(to, null, null, null, Map.of());
    }
    return observations.observe(
        push != null ? "push" : "pull", cause, headers -> send(to, push, pull, null, headers));
  }

  /**
   * Asks a member whether it reaches another one.
   *
   * @throws IOException where it does not answer as a member does
   */
  boolean reaches(Member helper, String id) throws IOException, InterruptedException {
    return send(helper, null, null, id, Map.of()).reached();
  }

  private Answer send(
      Member to,
      @Nullable Push push,
      @Nullable Pull pull,
      @Nullable String probe,
      Map<String, String> headers)
      throws IOException, InterruptedException {
    News news = newsroom.tell(to.id(), last.get(to.id()));
    byte[] message =
        wire.write(new UpdateInfo(cluster.value().orElse(""), news, push, pull, probe));
    long asked = System.nanoTime();
    InternalClient.Answer answer =
        client.post(to.internalAddress(), UpdateInfo.PATH, headers, message, PATIENCE);
    observations.moved(message.length, answer.body().length);
    if (answer.status() != 200) {
      throw new IOException("it answered " + answer.status());
    }
    Answer read = wire.read(answer.body(), Answer.class);
    newsroom.hear(read.news(), asked);
    last.put(to.id(), read.news());
    return read;
  }
}
