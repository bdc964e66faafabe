package io.distri.node.sync;

import io.distri.node.join.Joiner;
import io.distri.node.membership.Member;
import io.distri.node.membership.MemberTable;
import io.distri.protocol.HostPort;
import io.distri.protocol.guard.RareLog;
import io.micrometer.observation.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link to every member, and attempts to reach the first contacts that no member answered from
 * yet. Safe for use by many threads.
 */
final class Links implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Links.class);

  /** How often a first contact that doesn't answer is tried. */
  private static final Duration KNOCK = Duration.ofSeconds(1);

  /** How long members get to hear this node's last words. */
  private static final Duration TELL = Duration.ofSeconds(3);

  private static final Duration END = Duration.ofSeconds(5);

  /** How long another member may take to answer on behalf of one that asks about it. */
  private static final Duration REACH = Duration.ofMillis(900);

  private final MemberTable members;
  private final Joiner joiner;
  private final Function<String, Link> newLink;
  private final Map<String, Link> links = new ConcurrentHashMap<>();
  private final Map<HostPort, String> complaints = new ConcurrentHashMap<>();
  private final RareLog rare = RareLog.everyMinute();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param newLink makes the link to the member with an id
   */
  Links(MemberTable members, Joiner joiner, Function<String, Link> newLink) {
    this.members = members;
    this.joiner = joiner;
    this.newLink = newLink;
    members.onNewMember(this::open);
  }

  private void open(Member member) {
    Link link = newLink.apply(member.id());
    if (links.putIfAbsent(member.id(), link) == null) {
      if (rare.mayLog(member.id())) {
        log.info("node {} at {} is in the cluster", member.id().substring(0, 8), member.address());
      }
      threads.execute(() -> {
        link.run();
        links.remove(member.id(), link);
      });
    }
  }

  /** Has every link send what is new. */
  void wake() {
    links.values().forEach(link -> link.wake(null));
  }

  /**
   * Has every link send what is new.
   *
   * @param cause the call that brought it; null where there is none
   */
  void wake(@Nullable Observation cause) {
    links.values().forEach(link -> link.wake(cause));
  }

  /** Has the link to one member send what is new. */
  void wake(String id) {
    Link link = links.get(id);
    if (link != null) {
      link.wake(null);
    }
  }

  /** Whether a member answers now, within a second. */
  boolean reaches(String id) throws InterruptedException {
    Link link = links.get(id);
    List<Callable<Boolean>> asked = link == null ? List.of() : List.of(link::tell);
    return threads.invokeAll(asked, REACH.toMillis(), TimeUnit.MILLISECONDS).stream()
        .anyMatch(answer -> answer.state() == Future.State.SUCCESS && answer.resultNow());
  }

  /**
   * Tells every member what is new and how this node is, and waits until they heard it, a few
   * seconds at most.
   */
  void tell() throws InterruptedException {
    List<Callable<Boolean>> all = new ArrayList<>();
    links.values().forEach(link -> all.add(link::tell));
    threads.invokeAll(all, TELL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Tries every first contact that is not met yet, all at once. Blocks until the last one answered
   * or timed out.
   */
  List<Joiner.Outcome> knock() throws InterruptedException {
    List<Callable<Joiner.Outcome>> attempts = new ArrayList<>();
    members.unmetContacts().forEach(contact -> attempts.add(() -> knock(contact)));
    List<Joiner.Outcome> outcomes = new ArrayList<>();
    for (Future<Joiner.Outcome> attempt : threads.invokeAll(attempts)) {
      try {
        outcomes.add(attempt.get());
      } catch (ExecutionException failed) {
        if (threads.isShutdown()) {
          throw new InterruptedException("closed in the middle of an attempt to join");
        }
        if (rare.mayLog(String.valueOf(failed.getCause()))) {
          log.error("an attempt to join failed", failed.getCause());
        }
      }
    }
    return outcomes;
  }

  private Joiner.Outcome knock(HostPort contact) throws InterruptedException {
    Joiner.Outcome outcome = joiner.join(contact.internal());
    HostPort older = contact.internalOfVersion01();
    if (outcome instanceof Joiner.Unreachable && !older.equals(contact.internal())) {
      outcome = joiner.join(older);
    }
    switch (outcome) {
      case Joiner.Joined joined -> members.met(contact, joined.member().id());
      case Joiner.Myself self -> members.metSelf(contact);
      case Joiner.DuplicateIdentity duplicate ->
          complain(contact, "runs under this node's identity: two nodes can't share one");
      case Joiner.ShutOut shutOut -> complain(contact, "says that this node was evicted");
      case Joiner.Refused refused ->
          complain(contact, "does not let this node in: " + refused.reason());
      case Joiner.Unreachable unreachable -> log.debug("{}: {}", contact, unreachable.reason());
    }
    return outcome;
  }

  private void complain(HostPort contact, String what) {
    if (!what.equals(complaints.put(contact, what)) && rare.mayLog(contact + " " + what)) {
      log.warn("the node at {} {}", contact, what);
    }
  }

  /** Goes on trying first contacts until closed. */
  void keepKnocking() {
    threads.execute(() -> {
      try {
        while (true) {
          TimeUnit.MILLISECONDS.sleep(KNOCK.toMillis());
          knock();
        }
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
      }
    });
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("links to other nodes did not end in {}", END);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
