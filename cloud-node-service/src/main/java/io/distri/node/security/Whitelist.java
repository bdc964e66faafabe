package io.distri.node.security;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys that may call the internal port, and what for. They come from the configuration, from
 * operators, whose decisions all members share, and from joins that proved the cluster's secret. An
 * operator's word counts more than the configuration, and an eviction more than anything. Safe for
 * use by many threads.
 */
public final class Whitelist {
  private final Set<String> nodes;
  private final Set<String> operators;
  private final TrustBook book;
  private final Clock clock;
  private final Set<String> proven = ConcurrentHashMap.newKeySet();
  private final List<Consumer<String>> onEviction = new CopyOnWriteArrayList<>();

  Whitelist(Collection<String> nodes, Collection<String> operators, TrustBook book, Clock clock) {
    this.nodes = Set.copyOf(nodes);
    this.operators = Set.copyOf(operators);
    this.book = book;
    this.clock = clock;
  }

  /** Calls the listener with each key that is evicted from now on. */
  public void onEviction(Consumer<String> listener) {
    onEviction.add(listener);
  }

  /** Lets a node in that proved that it belongs to the cluster, until this one restarts. */
  public void proved(String keyId) {
    if (!isEvicted(keyId)) {
      proven.add(keyId);
    }
  }

  /** What a key is good for; empty: nothing. */
  public Optional<Role> roleOf(String keyId) {
    Optional<TrustEntry> decided = book.find(keyId);
    if (decided.isPresent()) {
      return Optional.ofNullable(decided.get().role());
    }
    if (operators.contains(keyId)) {
      return Optional.of(Role.OPERATOR);
    }
    return nodes.contains(keyId) || proven.contains(keyId)
        ? Optional.of(Role.NODE)
        : Optional.empty();
  }

  /** Whether the node with this key is a member, as far as its key goes. */
  public boolean isNode(String keyId) {
    return roleOf(keyId).equals(Optional.of(Role.NODE));
  }

  /** Whether the key is shut out for good. */
  public boolean isEvicted(String keyId) {
    return book.find(keyId).map(TrustEntry::evicted).orElse(false);
  }

  /**
   * An operator puts a key on the list.
   *
   * @return false where it was evicted: it stays out
   */
  public boolean grant(String keyId, Role role) {
    if (isEvicted(keyId)) {
      return false;
    }
    decide(keyId, role, false);
    return true;
  }

  /** An operator takes a key from the list, the configuration's too; it may be put back. */
  public void remove(String keyId) {
    decide(keyId, null, false);
  }

  /** An operator shuts a key out for good. */
  public void evict(String keyId) {
    decide(keyId, null, true);
  }

  /**
   * Later than what is known of the key, even where the clock of the node that said so was ahead.
   */
  private void decide(String keyId, @Nullable Role role, boolean evicted) {
    long known = book.find(keyId).map(TrustEntry::decidedMs).orElse(0L);
    long now = Math.max(clock.millis(), known + 1);
    merge(List.of(new TrustEntry(keyId, role, evicted, now)));
  }

  /** Takes in the decisions that another member knows of. */
  public void merge(Collection<TrustEntry> decisions) {
    for (TrustEntry news : book.merge(decisions)) {
      if (news.role() == null) {
        proven.remove(news.keyId());
      }
      if (news.evicted()) {
        onEviction.forEach(listener -> listener.accept(news.keyId()));
      }
    }
  }

  /** Whether there is anyone that a stranger could be sent to, or could prove a token to. */
  public boolean hasMembers() {
    return !nodes.isEmpty() || !proven.isEmpty() || !book.entries().isEmpty();
  }

  /** Makes what this node knows of nodes a decision that all members share. */
  public void share(String ownKey) {
    List<String> known = new ArrayList<>(nodes);
    known.addAll(proven);
    known.add(ownKey);
    for (String key : known) {
      if (book.find(key).isEmpty()) {
        decide(key, Role.NODE, false);
      }
    }
  }

  /** The decisions of all operators. */
  public List<TrustEntry> decisions() {
    return book.entries();
  }

  /** Equal where two members know the same decisions. */
  public String digest() {
    return book.digest();
  }

  /** Every key that is good for something now, with its role. */
  public List<TrustEntry> all() {
    Set<String> keys = new TreeSet<>(nodes);
    keys.addAll(operators);
    keys.addAll(proven);
    book.entries().forEach(entry -> keys.add(entry.keyId()));
    List<TrustEntry> all = new ArrayList<>();
    for (String key : keys) {
      roleOf(key)
          .ifPresent(
              role -> all.add(book.find(key).orElseGet(() -> new TrustEntry(key, role, false, 0))));
    }
    return all;
  }
}
