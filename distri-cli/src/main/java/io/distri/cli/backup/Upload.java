package io.distri.cli.backup;

import io.distri.cli.operator.Operator;
import io.distri.cli.operator.OperatorConnection;
import io.distri.cli.terminal.Failure;
import io.distri.node.backup.BackupPage;
import io.distri.node.backup.BackupPaths;
import io.distri.node.backup.Incoming;
import io.distri.node.backup.Incoming.Existing;
import io.distri.node.backup.Taken;
import io.distri.protocol.HostPort;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Sends documents to a node and counts what becomes of them. For one thread. */
final class Upload implements AutoCloseable {
  /** A node waits half a minute for enough others to hold a page. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** More than a reader wants to see. */
  private static final int SHOWN_CONFLICTS = 20;

  private final OperatorConnection connection;
  private final Existing existing;
  private final boolean dryRun;
  private final List<String> conflicts = new ArrayList<>();
  private long needed;
  private long added;
  private long changed;
  private long same;
  private long conflicting;

  Upload(Operator operator, HostPort node, Existing existing, boolean dryRun) {
    this.connection = operator.connect(node);
    this.existing = existing;
    this.dryRun = dryRun;
  }

  /** How many documents the node holds. */
  long held() {
    return order(new Incoming(new BackupPage(List.of(), List.of()), existing, true)).held();
  }

  /**
   * Has the node check a page and changes nothing.
   *
   * @throws Failure where the node would not take it, or has no room for it and those before
   */
  void check(BackupPage page) {
    Taken would = order(new Incoming(page, existing, true, needed));
    needed = Objects.requireNonNullElse(would.needed(), needed);
  }

  /**
   * Sends a page.
   *
   * @throws Failure where the node doesn't take it; what was sent before is in
   */
  void send(BackupPage page) {
    Taken taken;
    try {
      taken = order(new Incoming(page, existing, dryRun));
    } catch (Failure failure) {
      throw dryRun || written() == 0
          ? failure
          : new Failure(
              String.format(
                  Locale.ROOT,
                  "%s %,d documents were written before; run it again to go on.",
                  failure.getMessage(),
                  written()),
              failure);
    }
    added += taken.added();
    changed += taken.changed();
    same += taken.same();
    conflicting += taken.conflicts().size();
    taken.conflicts().stream()
        .limit(SHOWN_CONFLICTS - (long) conflicts.size())
        .forEach(conflicts::add);
  }

  private Taken order(Incoming incoming) {
    return connection.order(BackupPaths.RESTORE, incoming, Taken.class, PATIENCE);
  }

  private long written() {
    return added + changed;
  }

  /** Prints what came of it; the exit code: 1 where documents were left out. */
  int report(PrintWriter out, PrintWriter err) {
    out.printf(
        Locale.ROOT,
        dryRun
            ? "Would add %,d, change %,d; the same already: %,d; conflicts: %,d%n"
            : "Added %,d, changed %,d; the same already: %,d; conflicts: %,d%n",
        added,
        changed,
        same,
        conflicting);
    if (conflicting > 0) {
      err.println(
          "These are there with other content, and are left as they are (--replace replaces them):");
      conflicts.forEach(conflict -> err.println("  " + conflict));
      if (conflicting > conflicts.size()) {
        err.printf(Locale.ROOT, "  and %,d more%n", conflicting - conflicts.size());
      }
    }
    return conflicting > 0 ? 1 : 0;
  }

  @Override
  public void close() {
    connection.close();
  }
}
