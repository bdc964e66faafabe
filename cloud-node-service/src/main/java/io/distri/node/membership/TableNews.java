package io.distri.node.membership;

import java.util.List;

/**
 * What one node tells another of the node table.
 *
 * @param digest of the teller's whole table, itself included: equal where the tables are
 * @param rows what changed at the teller since the two last agreed
 */
public record TableNews(String digest, List<Member> rows) {
  public TableNews {
    rows = List.copyOf(rows);
  }
}
