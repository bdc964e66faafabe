package io.distri.node.sync;

import io.distri.node.db.ApplyOutcome;
import io.distri.node.db.Coverage;
import io.distri.node.db.DocumentStore;
import io.distri.node.db.Entry;
import io.distri.node.db.StorageException;
import io.distri.node.db.VersionVector;
import io.distri.node.db.json.InvalidInputException;
import io.distri.node.membership.Member;
import io.distri.node.membership.MemberTable;
import io.distri.node.sync.UpdateInfo.Page;
import io.distri.node.sync.UpdateInfo.Pull;
import io.distri.protocol.NodeState;
import io.distri.protocol.guard.RareLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls what this node missed: every two seconds from one member that holds something this node
 * lacks, and has held it for a round, so that what a push is bringing anyway is not fetched twice.
 * Runs in a thread of its own until that is interrupted.
 */
final class SyncRound implements Runnable {
  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(SyncRound.class);

  private final DocumentStore documents;
  private final MemberTable members;
  private final AckBoard board;
  private final Exchange exchange;
  private final BaseGrowth growth;
  private final RandomGenerator random;
  private final Contradictions contradictions = new Contradictions();
  private final RareLog rare = RareLog.everyMinute();
  private Map<String, Coverage> lastRound = new HashMap<>();

  SyncRound(
      DocumentStore documents,
      MemberTable members,
      AckBoard board,
      Exchange exchange,
      BaseGrowth growth,
      RandomGenerator random) {
    this.documents = documents;
    this.members = members;
    this.board = board;
    this.exchange = exchange;
    this.growth = growth;
    this.random = random;
  }

  @Override
  public void run() {
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(PERIOD.toNanos());
        round();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() throws InterruptedException {
    Map<String, Coverage> before = lastRound;
    lastRound = new HashMap<>();
    List<Member> alive =
        members.members().stream().filter(member -> member.state() != NodeState.DEAD).toList();
    alive.forEach(member -> lastRound.put(member.id(), board.heldBy(member.id())));
    List<Member> ahead =
        alive.stream().filter(member -> !documents.version().covers(held(before, member))).toList();
    if (!ahead.isEmpty()) {
      tryPull(ahead.get(random.nextInt(ahead.size())), false);
    }
    for (Member member : alive) {
      settle(member);
    }
    growth.round();
  }

  private void settle(Member member) throws InterruptedException {
    switch (contradictions.remedy(member.id(), documents.holding(), board.lastSaid(member.id()))) {
      case NOTHING -> {}
      case PULL_BEYOND -> tryPull(member, false);
      case PULL_ALL -> {
        if (rare.mayLog(member.id() + " contradicts")) {
          log.warn(
              "the node at {} holds something else under the same vector: all it holds is merged",
              member.address());
        }
        tryPull(member, true);
      }
    }
  }

  private void tryPull(Member from, boolean all) throws InterruptedException {
    try {
      pull(from, all);
    } catch (RuntimeException bug) {
      if (rare.mayLog(from.id() + ' ' + bug.getClass().getName())) {
        log.error("a pull from {} failed", from.address(), bug);
      }
    } catch (IOException e) {
      log.debug("nothing pulled from {}: {}", from.address(), e.getMessage());
    }
  }

  private static Coverage held(Map<String, Coverage> round, Member member) {
    return round.getOrDefault(member.id(), Coverage.NOTHING);
  }

  /**
   * Takes in all that a member holds and this node lacks.
   *
   * @throws IOException where the member doesn't answer or can't be followed, or the disk fails
   */
  void pull(Member from) throws IOException, InterruptedException {
    pull(from, false);
  }

  private void pull(Member from, boolean all) throws IOException, InterruptedException {
    try {
      pullPages(from, all);
    } catch (StorageException unsafe) {
      throw new IOException(unsafe.detail(), unsafe);
    } catch (IllegalArgumentException | InvalidInputException refused) {
      if (rare.mayLog(from.id())) {
        log.warn("nothing is taken from the node at {}: {}", from.address(), refused.getMessage());
      }
      throw new IOException(refused);
    }
  }

  private void pullPages(Member from, boolean all) throws IOException, InterruptedException {
    String session = null;
    List<Entry> anew = new ArrayList<>();
    Page page;
    do {
      page = page(from, new Pull(session, all));
      session = page.session();
      page.entries().forEach(Entry::check);
      if (page.anew()) {
        anew.addAll(page.entries());
      } else {
        take(from, page, all);
      }
    } while (!page.last());
    Coverage held = Coverage.of(base(page), page.snapshot());
    if (page.anew()) {
      check(from, documents.startAnew(random.nextLong(), anew, held));
    } else {
      documents.adopt(held);
    }
  }

  /** What rests on a base may be merged where that base is known. */
  private void take(Member from, Page page, boolean all) throws IOException {
    documents.settle(base(page));
    check(from, all ? documents.repair(page.entries()) : documents.apply(page.entries()));
  }

  private VersionVector base(Page page) {
    VersionVector base = page.base();
    return base == null ? documents.version().base() : base;
  }

  private void check(Member from, ApplyOutcome outcome) throws IOException {
    if (outcome instanceof ApplyOutcome.HeldBack held) {
      if (rare.mayLog(from.id() + " ahead")) {
        log.warn(
            "the timestamps of the node at {} are {} ms ahead of this node's clock: nothing is taken from it until they agree",
            from.address(),
            held.lead().toMillis());
      }
      throw new IOException("its timestamps are ahead of this node's clock");
    }
  }

  private Page page(Member from, Pull pull) throws IOException, InterruptedException {
    Page page = exchange.send(from, null, pull, null).page();
    if (page == null) {
      throw new IOException("it forgot the session");
    }
    return page;
  }
}
