package io.distri.cli.demo;

import io.distri.cli.local.NodeEndpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks on every node for the writes that were acknowledged. */
final class Auditor {

  private final NodeWatch watch;
  private final WriteLedger ledger;

  Auditor(NodeWatch watch, WriteLedger ledger) {
    this.watch = watch;
    this.ledger = ledger;
  }

  /** Looks for what is due. Blocks for as long as the nodes take to answer. */
  void audit(long nowNanos) {
    for (long batch : ledger.due(nowNanos)) {
      List<Set<String>> found = new ArrayList<>();
      for (NodeEndpoint node : watch.settled(nowNanos)) {
        try {
          found.add(Documents.on(node, Traffic.COLLECTION, Map.of("batch", batch)));
        } catch (IOException justKilled) {
          // A node that does not answer has not lost anything yet.
        }
      }
      ledger.looked(batch, found, nowNanos);
    }
  }
}
