package io.distri.node.membership;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The members that this node knows of, itself not among them, and the addresses that it was told to
 * contact first. Safe for use by many threads.
 */
public final class MemberTable {
  /** How long a suspected member has to refute it. */
  static final Duration SUSPICION = Duration.ofSeconds(3);

  /** One that left is remembered until every node has heard of it. */
  static final Duration FAREWELL = Duration.ofHours(1);

  private static final long NEVER = Long.MIN_VALUE;

  /**
   * What is known of a member.
   *
   * @param known the word that holds
   * @param since when its state was first known here, by the clock
   * @param heard when it last spoke for itself or was reached by another; NEVER: not yet
   * @param change grows with every row that changes here
   */
  private record Row(Member known, long since, long heard, long change) {}

  private final String selfId;
  private final Predicate<String> evicted;
  private final LongSupplier nanos;
  private final Map<String, Row> rows = new ConcurrentHashMap<>();
  private final List<Consumer<Member>> listeners = new CopyOnWriteArrayList<>();
  private long changes;

  /** First contacts, and who they turned out to be; immutable: each write counts by them. */
  private volatile Set<HostPort> unmet;

  private Map<HostPort, String> met = Map.of();

  /**
   * @param firstContacts public addresses of nodes to contact first
   * @param evicted the keys of nodes that never come back
   * @param nanos a monotonic clock, in nanoseconds
   */
  public MemberTable(
      String selfId,
      Collection<HostPort> firstContacts,
      Predicate<String> evicted,
      LongSupplier nanos) {
    this.selfId = selfId;
    this.evicted = evicted;
    this.nanos = nanos;
    this.unmet = Set.copyOf(firstContacts);
  }

  /** Calls the listener with every member that is new. */
  public void onNewMember(Consumer<Member> listener) {
    listeners.add(listener);
  }

  /** Takes in what a member just said of itself. */
  public void heard(Member member) {
    if (member.id().equals(selfId) || evicted.test(member.id())) {
      return;
    }
    long now = nanos.getAsLong();
    boolean isNew;
    synchronized (this) {
      settle(now);
      changes += rows.values().removeIf(row -> replaces(member, row)) ? 1 : 0;
      isNew = take(member, now, now);
      met(member.address(), member.id());
    }
    if (isNew) {
      listeners.forEach(listener -> listener.accept(member));
    }
  }

  /**
   * The address of a node that is dead, or said that it restarts, with another key: the node there
   * was made anew or given another key, and its old self does not come back.
   */
  private static boolean replaces(Member member, Row row) {
    return !row.known.id().equals(member.id())
        && row.known.internalAddress().equals(member.internalAddress())
        && !row.known.isExpectedToAnswer();
  }

  /** Takes in what a member said of others: those not known yet are members too. */
  public void learned(Collection<Member> others) {
    long now = nanos.getAsLong();
    List<Member> fresh = new ArrayList<>();
    synchronized (this) {
      settle(now);
      for (Member other : others) {
        if (isWelcome(other) && take(other, now, NEVER)) {
          met(other.address(), other.id());
          fresh.add(other);
        }
      }
    }
    fresh.forEach(member -> listeners.forEach(listener -> listener.accept(member)));
  }

  private boolean isWelcome(Member other) {
    if (other.id().equals(selfId) || evicted.test(other.id())) {
      return false;
    }
    return rows.containsKey(other.id())
        || (other.state() != NodeState.LEFT && keyAt(other.internalAddress()).isEmpty());
  }

  /**
   * Merges one word of a member.
   *
   * @param heard when the member itself said it; NEVER where others did
   * @return whether it is a member that was none before
   */
  private boolean take(Member word, long now, long heard) {
    Row before = rows.get(word.id());
    if (before == null || word.overrides(before.known)) {
      rows.put(word.id(), new Row(word, now, latest(before, heard), ++changes));
      return word.state() != NodeState.LEFT && !belongs(before);
    }
    if (heard != NEVER && word.incarnation() == before.known.incarnation()) {
      // It does not know yet that it is suspected; what it says of its load is news all the same.
      Member known = word.in(before.known.state());
      rows.put(word.id(), new Row(known, before.since, heard, before.change));
    }
    return false;
  }

  private static long latest(@Nullable Row before, long heard) {
    return before == null || heard != NEVER ? heard : before.heard;
  }

  /** Another member reached it just now. */
  public synchronized void reached(String id) {
    long now = nanos.getAsLong();
    rows.computeIfPresent(id, (key, row) -> new Row(row.known, row.since, now, row.change));
  }

  /** Whether a member spoke, or was reached by another, since a moment of the clock. */
  synchronized boolean heardSince(String id, long moment) {
    Row row = rows.get(id);
    return row != null && row.heard != NEVER && row.heard - moment >= 0;
  }

  /** Nobody reached a member, which said its last word in that incarnation. */
  synchronized void suspect(String id, long incarnation) {
    Row row = rows.get(id);
    if (row != null && row.known.isAlive() && row.known.incarnation() == incarnation) {
      rows.put(
          id, new Row(row.known.in(NodeState.SUSPECT), nanos.getAsLong(), row.heard, ++changes));
    }
  }

  /** Those whose time to refute is over are dead, and those who left long ago are forgotten. */
  private void settle(long now) {
    for (Row row : List.copyOf(rows.values())) {
      Duration age = Duration.ofNanos(now - row.since);
      if (row.known.state() == NodeState.SUSPECT && age.compareTo(SUSPICION) > 0) {
        rows.put(row.known.id(), new Row(row.known.in(NodeState.DEAD), now, row.heard, ++changes));
      } else if (row.known.state() == NodeState.LEFT && age.compareTo(FAREWELL) > 0) {
        rows.remove(row.known.id());
      }
    }
  }

  /** Strikes out a node that was evicted: it has no vote any more. */
  public synchronized void strike(String id) {
    Row row = rows.remove(id);
    if (row != null) {
      changes++;
      waitNoMoreFor(row.known.address());
    }
  }

  /** Whether a member belongs to the cluster: it has neither left nor been evicted. */
  public boolean belongs(String id) {
    return belongs(rows.get(id));
  }

  private static boolean belongs(@Nullable Row row) {
    return row != null && row.known.state() != NodeState.LEFT;
  }

  /** A first contact is a member that is in the table. */
  public synchronized void met(HostPort contact, String id) {
    if (unmet.contains(contact)) {
      Map<HostPort, String> more = new HashMap<>(met);
      more.put(contact, id);
      met = Map.copyOf(more);
      waitNoMoreFor(contact);
    }
  }

  /** A first contact is this node itself. */
  public synchronized void metSelf(HostPort contact) {
    waitNoMoreFor(contact);
  }

  private void waitNoMoreFor(HostPort contact) {
    Set<HostPort> others = new HashSet<>(unmet);
    others.remove(contact);
    unmet = Set.copyOf(others);
  }

  /** First contacts that no member has answered from yet. */
  public Set<HostPort> unmetContacts() {
    return unmet;
  }

  /** All members as of now. */
  public synchronized List<Member> members() {
    settle(nanos.getAsLong());
    return rows.values().stream().map(Row::known).toList();
  }

  /** A member as of now. */
  public synchronized Optional<Member> member(String id) {
    settle(nanos.getAsLong());
    return Optional.ofNullable(rows.get(id)).map(Row::known);
  }

  /** A number that grows with every change of the table. */
  synchronized long changes() {
    settle(nanos.getAsLong());
    return changes;
  }

  /** The members whose rows changed after {@link #changes} had a value. */
  synchronized List<Member> changedSince(long change) {
    settle(nanos.getAsLong());
    return rows.values().stream().filter(row -> row.change > change).map(Row::known).toList();
  }

  /** The key of the live member at an internal address. */
  public Optional<String> keyAt(HostPort internalAddress) {
    return members().stream()
        .filter(member -> member.internalAddress().equals(internalAddress))
        .filter(member -> member.state() != NodeState.DEAD)
        .map(Member::id)
        .findFirst();
  }

  /** Whose copies of a write count as of now. */
  public synchronized Electorate electorate() {
    Set<String> settled = new HashSet<>();
    Set<String> silent = new HashSet<>();
    Set<String> joining = new HashSet<>();
    for (Row row : rows.values()) {
      switch (row.known.state()) {
        case JOINING -> joining.add(row.known.id());
        case UP, RESTARTING -> settled.add(row.known.id());
        case SUSPECT, DEAD -> {
          settled.add(row.known.id());
          silent.add(row.known.id());
        }
        case LEFT -> {}
      }
    }
    return new Electorate(settled, silent, joining, unmet, met);
  }
}
