package io.distri.cli.demo;

import io.distri.cli.terminal.LongWait;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Tells the tour as it goes, and remembers what held. */
final class Narrator {

  private record Finding(boolean held, String sentence) {
    @Override
    public String toString() {
      return "  " + (held ? "✓ " : "✗ ") + sentence;
    }
  }

  private final PrintWriter out;
  private final List<Finding> findings = new ArrayList<>();

  Narrator(PrintWriter out) {
    this.out = out;
  }

  /**
   * Waits until a level reaches a goal, and tells what for where that takes long.
   *
   * @return false where nothing came of it for a minute
   */
  boolean waited(String what, LongSupplier level, long goal) {
    return new LongWait(this::say).until(what, level, goal);
  }

  /** Begins a part. */
  void part(String title) {
    out.println();
    out.println(title);
  }

  /** Tells something. */
  void say(String sentence) {
    out.println("  " + sentence);
  }

  /** Tells what was looked at, and whether it is as it should be. */
  void found(boolean held, String sentence) {
    Finding finding = new Finding(held, sentence);
    findings.add(finding);
    out.println(finding);
  }

  /** Prints all that was found once more. Returns whether everything held. */
  boolean report() {
    boolean allHeld = findings.stream().allMatch(Finding::held);
    part(allHeld ? "What held: everything." : "What held, and what did not:");
    findings.forEach(out::println);
    return allHeld;
  }
}
