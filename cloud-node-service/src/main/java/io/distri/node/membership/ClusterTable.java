package io.distri.node.membership;

import io.distri.protocol.NodeRecord;
import java.util.List;
import java.util.stream.Stream;

/** The node table as clients are told it. Safe for use by many threads. */
public final class ClusterTable {
  private final SelfMember self;
  private final MemberTable members;

  ClusterTable(SelfMember self, MemberTable members) {
    this.self = self;
    this.members = members;
  }

  /** The rows as of now, this node's first. */
  public List<NodeRecord> records() {
    return Stream.concat(Stream.of(self.now()), members.members().stream())
        .map(Member::toRecord)
        .toList();
  }
}
