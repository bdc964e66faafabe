package io.distri.node.sync;

import io.distri.node.db.DocumentStore;
import io.distri.node.db.Push;
import io.distri.node.join.Joiner;
import io.distri.node.membership.Member;
import io.distri.node.membership.MemberTable;
import io.distri.protocol.NodeState;
import io.distri.protocol.guard.RareLog;
import io.micrometer.observation.Observation;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one member current: pushes this node's writes as they come, one message at a time, so that
 * writes that come while one is under way go together in the next. Where many do, the next waits as
 * long again, since a message costs both nodes more than what is in it (group commit, after DeWitt
 * et al., "Implementation Techniques for Main Memory Database Systems", 1984). Runs in a thread of
 * its own until that is interrupted, or the member left or was evicted.
 */
final class Link implements Runnable {
  /** When a member is tried again that didn't answer. */
  private static final Duration AGAIN = Duration.ofMillis(250);

  /** When one is tried again that counts as dead. */
  private static final Duration KNOCK = Duration.ofSeconds(1);

  /** From so many entries on, more are worth waiting for. */
  private static final int CROWD = 8;

  private static final Duration LONGEST_GATHERING = Duration.ofMillis(10);

  private static final int PUSH_ENTRIES = 500;
  private static final int PUSH_BYTES = 1 << 20;
  private static final Logger log = LoggerFactory.getLogger(Link.class);

  private final String memberId;
  private final DocumentStore documents;
  private final MemberTable members;
  private final AckBoard board;
  private final Exchange exchange;
  private final Joiner joiner;
  private final Semaphore news = new Semaphore(0);
  private final ReentrantLock sending = new ReentrantLock();
  private final RareLog rare = RareLog.everyMinute();

  /** The last call that brought something since the last push. */
  private final AtomicReference<@Nullable Observation> cause = new AtomicReference<>();

  /** Whether the member let this node in since one of the two started. */
  private boolean admitted;

  Link(
      String memberId,
      DocumentStore documents,
      MemberTable members,
      AckBoard board,
      Exchange exchange,
      Joiner joiner) {
    this.memberId = memberId;
    this.documents = documents;
    this.members = members;
    this.board = board;
    this.exchange = exchange;
    this.joiner = joiner;
  }

  /**
   * There is something to send: writes, this node's state, or a sign of life.
   *
   * @param cause the call that brought it; null where there is none
   */
  void wake(@Nullable Observation cause) {
    if (cause != null) {
      this.cause.set(cause);
    }
    news.release();
  }

  @Override
  public void run() {
    try {
      while (members.belongs(memberId)) {
        if (!tell()) {
          TimeUnit.NANOSECONDS.sleep(pause().toNanos());
        } else {
          news.acquire();
          news.drainPermits();
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration pause() {
    boolean dead = members.member(memberId).filter(m -> m.state() == NodeState.DEAD).isPresent();
    return dead ? KNOCK : AGAIN;
  }

  /**
   * Sends all that the member lacks of this node's writes, at least this node's news; false where
   * it doesn't take it. Waits for a message of this link that is under way.
   */
  boolean tell() throws InterruptedException {
    sending.lockInterruptibly();
    try {
      Optional<Member> member = members.member(memberId);
      if (member.isEmpty() || !isAdmitted(member.get())) {
        return false;
      }
      // Being admitted, this node heard anew how the member is.
      push(members.member(memberId).orElse(member.get()));
      return true;
    } catch (IOException e) {
      admitted = false;
      log.debug("{} did not take an UpdateInfo: {}", memberId, e.getMessage());
      return false;
    } catch (RuntimeException bug) {
      if (rare.mayLog(bug.getClass().getName())) {
        log.error("an UpdateInfo to {} failed", memberId, bug);
      }
      return false;
    } finally {
      sending.unlock();
    }
  }

  private boolean isAdmitted(Member member) throws InterruptedException {
    admitted = admitted || joiner.join(member.internalAddress()) instanceof Joiner.Joined;
    return admitted;
  }

  private void push(Member member) throws IOException, InterruptedException {
    // A member that joins pulls all it lacks: pushed as well, it would get everything twice.
    Push push = member.state() == NodeState.JOINING ? null : next();
    if (push == null) {
      exchange.send(member, null, null, null);
    }
    for (boolean goOn = true; push != null && goOn; push = next()) {
      long begun = System.nanoTime();
      exchange.send(member, push, null, cause.getAndSet(null));
      boolean joined = held() >= push.to();
      if (joined && push.entries().size() >= CROWD) {
        gather(System.nanoTime() - begun);
      }
      // A member that could not join the push on has to pull first, and the next round tries again;
      // but where it was ahead of this node's base, it said so, and both are at that base now.
      goOn = joined || documents.version().baseDigest() != push.base();
    }
  }

  private static void gather(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(Math.min(nanos, LONGEST_GATHERING.toNanos()));
  }

  private long held() {
    return board.heldBy(memberId).seq(documents.actor());
  }

  /** Null where there is nothing to push, or too much: then the member pulls. */
  private @Nullable Push next() {
    return documents.recentWrites(held(), PUSH_ENTRIES, PUSH_BYTES) instanceof Push push
        ? push
        : null;
  }
}
