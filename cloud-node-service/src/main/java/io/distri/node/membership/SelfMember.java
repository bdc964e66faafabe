package io.distri.node.membership;

import io.distri.node.local.LocalNode;
import io.distri.protocol.NodeState;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Makes this node's own row of the table. Safe for use by many threads. */
public final class SelfMember {
  private final LocalNode self;
  private final long start;
  private final Supplier<List<String>> services;
  private final LongSupplier dbVersion;
  private final Supplier<String> load;

  private long incarnation;
  private NodeState said;

  /**
   * @param start of this process, milliseconds since 1970
   * @param load the load report as of now, in the header's spelling
   */
  public SelfMember(
      LocalNode self,
      long start,
      Supplier<List<String>> services,
      LongSupplier dbVersion,
      Supplier<String> load) {
    this.self = self;
    this.start = start;
    this.incarnation = start;
    this.said = self.state();
    this.services = services;
    this.dbVersion = dbVersion;
    this.load = load;
  }

  /** Its key's id. */
  String id() {
    return self.id();
  }

  /** The incarnation as of now. */
  synchronized long incarnation() {
    NodeState state = self.state();
    incarnation += state == said ? 0 : 1;
    said = state;
    return incarnation;
  }

  /** The row as of now. */
  public Member now() {
    long current;
    NodeState state;
    synchronized (this) {
      current = incarnation();
      state = said;
    }
    return new Member(
        self.id(),
        self.address(),
        self.publicAddress(),
        self.internalAddress(),
        state,
        start,
        current,
        services.get(),
        dbVersion.getAsLong(),
        load.get());
  }

  /**
   * Others say something of this node: where that would hold against its own word, its own word
   * becomes a later one.
   *
   * @return whether it did
   */
  synchronized boolean refutes(Member claim) {
    boolean wrong = claim.overrides(now());
    incarnation = wrong ? claim.incarnation() + 1 : incarnation;
    return wrong;
  }
}
