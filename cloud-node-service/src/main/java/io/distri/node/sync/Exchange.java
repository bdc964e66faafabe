package io.distri.node.sync;

import io.distri.node.db.Push;
import io.distri.node.membership.Member;
import io.distri.node.security.ClusterId;
import io.distri.node.security.InternalClient;
import io.distri.node.security.InternalWire;
import io.distri.node.sync.UpdateInfo.Answer;
import io.distri.node.sync.UpdateInfo.Pull;
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

  /** What each member knew of the operators' decisions when it last answered. */
  private final Map<String, String> trustOf = new ConcurrentHashMap<>();

  Exchange(Newsroom newsroom, ClusterId cluster, InternalClient client, InternalWire wire) {
    this.newsroom = newsroom;
    this.cluster = cluster;
    this.client = client;
    this.wire = wire;
  }

  /**
   * Sends and waits for the answer. A member that doesn't know this node's key, since one of the
   * two started anew, is joined again first.
   *
   * @throws IOException where it does not answer as a member does
   */
  Answer send(Member to, @Nullable Push push, @Nullable Pull pull)
      throws IOException, InterruptedException {
    return send(to, push, pull, null);
  }

  /**
   * Asks a member whether it reaches another one.
   *
   * @throws IOException where it does not answer as a member does
   */
  boolean reaches(Member helper, String id) throws IOException, InterruptedException {
    return send(helper, null, null, id).reached();
  }

  private Answer send(Member to, @Nullable Push push, @Nullable Pull pull, @Nullable String probe)
      throws IOException, InterruptedException {
    News news = newsroom.tell(to.id(), trustOf.get(to.id()));
    byte[] message =
        wire.write(new UpdateInfo(cluster.value().orElse(""), news, push, pull, probe));
    InternalClient.Answer answer =
        client.post(to.internalAddress(), UpdateInfo.PATH, message, PATIENCE);
    if (answer.status() != 200) {
      throw new IOException("it answered " + answer.status());
    }
    Answer read = wire.read(answer.body(), Answer.class);
    newsroom.hear(read.news());
    trustOf.put(to.id(), read.news().trustDigest());
    return read;
  }
}
