package io.distri.node.membership;

import io.distri.protocol.NodeState;
import io.distri.protocol.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Spreads the node table by word of mouth. Two nodes that talk tell each other a digest of their
 * tables, and where these differ what changed since they last agreed: in a quiet cluster that is
 * the digest alone, however many members there are. Safe for use by many threads.
 */
public final class Gossip {
  /** Bytes of SHA-256 that tell two tables apart; a collision delays news, nothing else. */
  private static final int DIGEST_BYTES = 8;

  private final SelfMember self;
  private final MemberTable members;

  /** For each member, {@link MemberTable#changes} when the tables last agreed; 0: they don't. */
  private final Map<String, Long> agreed = new ConcurrentHashMap<>();

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  private volatile Digest digest = new Digest(-1, -1, "");

  /** A digest and what it was made of: its making takes longer than all else in a message. */
  private record Digest(long changes, long incarnation, String value) {}

  public Gossip(SelfMember self, MemberTable members) {
    this.self = self;
    this.members = members;
  }

  /** Calls the listener when this node has to contradict what others say of it. */
  public void onRefuted(Runnable listener) {
    listeners.add(listener);
  }

  /** What a member is to be told now. */
  public TableNews tell(String id) {
    Long since = agreed.get(id);
    return new TableNews(digest(), since == null ? List.of() : members.changedSince(since));
  }

  /**
   * Takes in what a member told of itself and of others.
   *
   * @param teller its own row
   */
  public void hear(Member teller, TableNews news) {
    members.heard(teller);
    List<Member> rows = news.rows();
    members.learned(rows);
    boolean wrong = rows.stream().filter(row -> row.id().equals(self.id())).anyMatch(self::refutes);
    settle(teller.id(), news.digest());
    if (wrong) {
      listeners.forEach(Runnable::run);
    }
  }

  private void settle(String id, String theirs) {
    long now = members.changes();
    if (theirs.equals(digest())) {
      agreed.put(id, now);
    } else if (agreed.getOrDefault(id, now) == now) {
      // They never agreed, or there is nothing new here and it lacks what it once had: all of it.
      agreed.put(id, 0L);
    }
  }

  /** Of what members said of themselves and what is suspected of them; their loads don't matter. */
  private String digest() {
    long changes = members.changes();
    Digest last = digest;
    if (last.changes != changes || last.incarnation != self.incarnation()) {
      Member me = self.now();
      last = new Digest(changes, me.incarnation(), digest(me));
      digest = last;
    }
    return last.value;
  }

  private String digest(Member me) {
    String table =
        Stream.concat(Stream.of(me), members.members().stream())
            .filter(member -> member.state() != NodeState.LEFT)
            .map(member -> member.id() + ' ' + member.incarnation() + ' ' + member.state())
            .sorted()
            .collect(Collectors.joining("\n"));
    byte[] hash = Sha256.of(table.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
  }
}
