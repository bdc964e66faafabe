package io.distri.node.db;

import java.util.ArrayList;
import java.util.List;

/**
 * What a node that pulls gets, page by page, as {@code PullSessions} has it.
 *
 * @param anew whether it takes the place of what the node holds
 */
record FaultyPull(
    int senderStart, int start, int number, List<List<Entry>> pages, Coverage end, boolean anew) {

  /**
   * @param has what the node that pulls holds
   * @param mayBeBehind whether it is noticed that the node is from before the base
   */
  static FaultyPull of(
      Replica sender, Coverage has, boolean mayBeBehind, int senderStart, int start, int number) {
    boolean anew = mayBeBehind && !has.covers(sender.version().base());
    Delta delta = sender.delta(anew ? Coverage.NOTHING : has);
    List<List<Entry>> pages = new ArrayList<>();
    delta.pages().forEachRemaining(page -> pages.addAll(inThrees(page)));
    pages.addAll(pages.isEmpty() ? List.of(List.of()) : List.of());
    return new FaultyPull(senderStart, start, number, pages, delta.version(), anew);
  }

  /** Pages are smaller here, so that there are some. */
  private static List<List<Entry>> inThrees(List<Entry> page) {
    List<List<Entry>> small = new ArrayList<>();
    for (int from = 0; from < page.size(); from += 3) {
      small.add(page.subList(from, Math.min(page.size(), from + 3)));
    }
    return small;
  }
}
