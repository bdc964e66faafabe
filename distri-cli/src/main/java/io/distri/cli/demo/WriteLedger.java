package io.distri.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The books of acknowledged writes: each is verified once every node that had time to sync showed
 * it, and lost where one of them still lacks it after {@link #LOST_AFTER}. Documents are written in
 * batches, so that a node is asked for many at once. Holds no clock. Safe for use by many threads.
 */
final class WriteLedger {

  /** An acknowledged write is looked for after this time. */
  static final Duration SETTLES = Duration.ofSeconds(5);

  /** A write that a node lacks for this long after its acknowledgement is lost. */
  static final Duration LOST_AFTER = Duration.ofSeconds(20);

  private record Write(String uuid, long acknowledgedNanos) {}

  /**
   * The counts.
   *
   * @param acknowledged writes that were acknowledged, whatever became of them
   * @param verified of them, on all nodes that had time to sync
   * @param lost of them
   */
  record Counts(long acknowledged, long verified, long lost) {}

  private final Map<Long, Set<Write>> pending = new HashMap<>();
  private final Set<Long> open = new HashSet<>();
  private long acknowledged;
  private long verified;
  private long lost;

  /** A write of this batch will begin. */
  synchronized void begins(long batch) {
    open.add(batch);
  }

  /** A write was acknowledged. */
  synchronized void acknowledged(long batch, String uuid, long nowNanos) {
    acknowledged++;
    pending.computeIfAbsent(batch, any -> new HashSet<>()).add(new Write(uuid, nowNanos));
  }

  /** Batches with a write that is to be looked for now. */
  synchronized Set<Long> due(long nowNanos) {
    return pending.entrySet().stream()
        .filter(batch -> batch.getValue().stream().anyMatch(write -> isDue(write, nowNanos)))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /**
   * A batch was looked for.
   *
   * @param found the UUIDs that each node holds of it; no node, no verdict
   * @param nowNanos when it was begun to look for
   */
  synchronized void looked(long batch, List<Set<String>> found, long nowNanos) {
    if (found.isEmpty()) {
      return;
    }
    Set<Write> writes = pending.getOrDefault(batch, Set.of());
    for (Write write : new ArrayList<>(writes)) {
      if (!isDue(write, nowNanos)) {
        continue;
      }
      if (found.stream().allMatch(uuids -> uuids.contains(write.uuid))) {
        verified++;
        writes.remove(write);
      } else if (nowNanos - write.acknowledgedNanos > LOST_AFTER.toNanos()) {
        lost++;
        writes.remove(write);
      }
    }
    if (writes.isEmpty()) {
      pending.remove(batch);
    }
  }

  /** Batches before this one whose documents nobody will look for again; they are forgotten. */
  synchronized Set<Long> closedBefore(long batch) {
    Set<Long> closed =
        open.stream()
            .filter(number -> number < batch && !pending.containsKey(number))
            .collect(Collectors.toSet());
    open.removeAll(closed);
    return closed;
  }

  synchronized Counts counts() {
    return new Counts(acknowledged, verified, lost);
  }

  private static boolean isDue(Write write, long nowNanos) {
    return nowNanos - write.acknowledgedNanos >= SETTLES.toNanos();
  }
}
