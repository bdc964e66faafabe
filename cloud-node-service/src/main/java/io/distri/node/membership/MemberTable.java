package io.distri.node.membership;

import io.distri.protocol.HostPort;
import io.distri.protocol.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
  private record Row(Member said, long heardNanos) {}

  private final String selfId;
  private final Predicate<String> evicted;
  private final LongSupplier nanos;
  private final Map<String, Row> rows = new ConcurrentHashMap<>();
  private final Set<HostPort> unmet = ConcurrentHashMap.newKeySet();
  private final List<Consumer<Member>> listeners = new CopyOnWriteArrayList<>();

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
    this.unmet.addAll(firstContacts);
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
    rows.values().removeIf(row -> replaces(member, row, now));
    boolean isNew = put(member, now);
    unmet.remove(member.address());
    if (isNew) {
      listeners.forEach(listener -> listener.accept(member));
    }
  }

  /**
   * A dead node's address with another key: the node there was made anew, and its old self does not
   * come back.
   */
  private static boolean replaces(Member member, Row row, long now) {
    return !row.said.id().equals(member.id())
        && row.said.internalAddress().equals(member.internalAddress())
        && judged(row, now).state() == NodeState.DEAD;
  }

  /** Takes in what a member said of others: those not known yet are members too. */
  public void learned(Collection<Member> others) {
    for (Member other : others) {
      boolean foreign = !other.id().equals(selfId) && other.state() != NodeState.LEFT;
      boolean replaced = keyAt(other.internalAddress()).isPresent();
      if (foreign && !replaced && !rows.containsKey(other.id())) {
        heard(other);
      }
    }
  }

  private boolean put(Member member, long now) {
    boolean[] isNew = new boolean[1];
    rows.compute(
        member.id(),
        (id, before) -> {
          boolean older = before != null && before.said.incarnation() > member.incarnation();
          isNew[0] = !older && member.state() != NodeState.LEFT && !belongs(before);
          return older ? before : new Row(member, now);
        });
    return isNew[0];
  }

  /** Strikes out a node that was evicted: it has no vote any more. */
  public void strike(String id) {
    Row row = rows.remove(id);
    if (row != null) {
      unmet.remove(row.said.address());
    }
  }

  /** Whether a member's copy of a write counts. */
  public boolean isVoter(String id) {
    return belongs(rows.get(id));
  }

  private static boolean belongs(@Nullable Row row) {
    return row != null && row.said.state() != NodeState.LEFT;
  }

  /** A first contact answered: as a member that is in the table, or as this node itself. */
  public void met(HostPort contact) {
    unmet.remove(contact);
  }

  /** First contacts that no member has answered from yet. */
  public Set<HostPort> unmetContacts() {
    return Set.copyOf(unmet);
  }

  /** All members with their states as of now. */
  public List<Member> members() {
    long now = nanos.getAsLong();
    List<Member> members = new ArrayList<>();
    rows.values().forEach(row -> members.add(judged(row, now)));
    return members;
  }

  /** Differs, but for one case in 2^32, where nodes know other members; this one is among them. */
  public String digest() {
    List<String> ids = new ArrayList<>(List.of(selfId));
    rows.forEach((id, row) -> {
      if (belongs(row)) {
        ids.add(id);
      }
    });
    ids.sort(Comparator.naturalOrder());
    return Integer.toHexString(ids.hashCode());
  }

  /** A member with its state as of now. */
  public Optional<Member> member(String id) {
    return Optional.ofNullable(rows.get(id)).map(row -> judged(row, nanos.getAsLong()));
  }

  private static Member judged(Row row, long now) {
    NodeState state =
        FailureDetector.judge(row.said.state(), Duration.ofNanos(now - row.heardNanos));
    return row.said.in(state);
  }

  /** The key of the live member at an internal address. */
  public Optional<String> keyAt(HostPort internalAddress) {
    return members().stream()
        .filter(member -> member.internalAddress().equals(internalAddress))
        .filter(member -> member.state() != NodeState.DEAD)
        .map(Member::id)
        .findFirst();
  }

  /**
   * How many copies count for a write: this node, the members, and first contacts never seen, which
   * may hold copies that this node does not know of.
   */
  public int voters() {
    long members = rows.values().stream().filter(MemberTable::belongs).count();
    return Math.toIntExact(1 + members + unmet.size());
  }
}
