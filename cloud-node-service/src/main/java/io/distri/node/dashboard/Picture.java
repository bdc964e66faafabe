package io.distri.node.dashboard;

import io.distri.node.db.CollectionSummary;
import io.distri.protocol.LoadReport;
import io.distri.protocol.NodeRecord;
import java.util.List;
import java.util.Map;

/**
 * What the page shows of a moment; its JSON keeps these names.
 *
 * @param at milliseconds since 1970
 * @param nodes this one first
 * @param lanes this node's load by key of the class of work
 * @param calls what became of calls of services since the node started
 * @param refused refusals since the node started, by their reason
 * @param room what documents take of what they may take
 * @param collections as this node has them
 * @param events the last ones, oldest first
 */
record Picture(
    long at,
    List<NodeRecord> nodes,
    Map<String, LoadReport.Work> lanes,
    Calls calls,
    Map<String, Long> refused,
    Room room,
    List<CollectionSummary> collections,
    List<Event> events) {

  /**
   * How full the DB is.
   *
   * @param used bytes of the heap
   * @param max bytes of the heap
   */
  record Room(long used, long max) {}

  /**
   * Counts of calls.
   *
   * @param received all
   * @param accepted of them, admitted
   * @param failed of the admitted ones, by the node's fault
   * @param faults that the node played
   */
  record Calls(long received, long accepted, long completed, long failed, long faults) {}

  /**
   * Something happened to a node.
   *
   * @param at when this node noticed, milliseconds since 1970
   * @param what in words
   * @param good whether it is for the better
   */
  record Event(long at, String address, String what, boolean good) {}
}
