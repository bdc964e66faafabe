package io.distri.cli.loadtest;

import io.distri.cli.terminal.Failure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a load test leaves in its directory: the rows, and the page of a matrix or the percentiles
 * of an open loop. All of it is up to date after each test.
 */
final class ResultFiles {

  private final Plan plan;
  private final Provenance provenance;
  private final ResultsCsv csv;
  private boolean complete;

  ResultFiles(Plan plan, Provenance provenance) {
    this.plan = plan;
    this.provenance = provenance;
    this.csv = ResultsCsv.create(plan);
  }

  /**
   * Adds the last of the results.
   *
   * @param tally of that one
   */
  void write(List<CellResult> results, Tally tally) {
    csv.add(results.get(results.size() - 1));
    try {
      if (plan.load() instanceof OpenLoop) {
        writePercentiles(tally);
      } else {
        Files.writeString(beside(), new ResultsPage(plan, results, provenance).html());
      }
      complete = true;
    } catch (IOException e) {
      throw Failure.of("The results can't be written", e);
    }
  }

  private void writePercentiles(Tally tally) throws IOException {
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(beside()), false, StandardCharsets.UTF_8)) {
      tally.writeDistribution(out);
    }
  }

  /** The files that were written so far. */
  List<Path> written() {
    return complete ? List.of(csv.file(), beside()) : List.of(csv.file());
  }

  private Path beside() {
    return plan.file(plan.load() instanceof OpenLoop ? ".hgrm" : ".html");
  }
}
