package io.distri.node.membership;

import io.distri.node.admission.LoadMeter;
import io.distri.node.local.LocalNode;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Makes this node's own row of the table. Safe for use by many threads. */
public final class SelfMember {
  private final LocalNode self;
  private final long incarnation;
  private final Supplier<List<String>> services;
  private final LongSupplier dbVersion;
  private final LoadMeter load;

  /**
   * @param incarnation larger than that of every earlier start, such as the start time in
   *     milliseconds
   */
  public SelfMember(
      LocalNode self,
      long incarnation,
      Supplier<List<String>> services,
      LongSupplier dbVersion,
      LoadMeter load) {
    this.self = self;
    this.incarnation = incarnation;
    this.services = services;
    this.dbVersion = dbVersion;
    this.load = load;
  }

  /** The row as of now. */
  public Member now() {
    return new Member(
        self.id(),
        self.address(),
        self.publicAddress(),
        self.internalAddress(),
        self.state(),
        incarnation,
        services.get(),
        dbVersion.getAsLong(),
        load.report().format());
  }
}
