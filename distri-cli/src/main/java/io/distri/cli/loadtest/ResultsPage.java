package io.distri.cli.loadtest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.springframework.web.util.HtmlUtils;

/**
 * Results of the matrix as a page that needs nothing but itself: the original's three charts, ours
 * beside its own, and a table of everything.
 */
final class ResultsPage {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Plan plan;
  private final List<CellResult> results;
  private final OriginalResults original;
  private final Provenance provenance;

  ResultsPage(Plan plan, List<CellResult> results, Provenance provenance) {
    this.plan = plan;
    this.results = List.copyOf(results);
    this.original = OriginalResults.of(plan.kind());
    this.provenance = provenance;
  }

  /** The page. */
  String html() {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Distri load test: %1$s</title>
    <link rel="icon" href="data:,">
    <style>
    %2$s</style>
    </head>
    <body>
    <header>
    <h1>Distri <span>load test: %1$s</span></h1>
    <p class="sum">%3$s</p>
    <p>%4$s</p>
    </header>
    <main>
    %5$s
    <section aria-labelledby="all">
    <h2 id="all">All figures</h2>
    %6$s
    </section>
    <section aria-labelledby="how">
    <h2 id="how">How it was run</h2>
    <p><code>%7$s</code></p>
    <p>%8$s, on %9$s.</p>
    <p>%10$s</p>
    </section>
    </main>
    </body>
    </html>
    """
        .formatted(
            plan.kind().key(),
            css(),
            sum(),
            comparison(),
            new ResultCharts(results, original.all()).html() + new CostCharts(results).html(),
            new HtmlTable(plan.kind(), original).html(results),
            HtmlUtils.htmlEscape(provenance.command()),
            MINUTE.format(provenance.started()),
            HtmlUtils.htmlEscape(provenance.machine()),
            HtmlUtils.htmlEscape(String.join(" ", plan.description())));
  }

  private String sum() {
    long calls = results.stream().mapToLong(result -> result.counts().calls()).sum();
    long failed = results.stream().mapToLong(result -> result.counts().failed()).sum();
    return String.format(
        Locale.ROOT,
        "%s: <b>%,d of %,d</b> calls failed.",
        results.size() == 1 ? "One test" : results.size() + " tests",
        failed,
        calls);
  }

  /** Our tests that the original made too, as it made them. */
  private String comparison() {
    List<OriginalResult> same =
        results.stream().flatMap(result -> original.at(result.cell()).stream()).toList();
    String counts =
        same.isEmpty()
            ? "The original published no test of these sizes."
            : String.format(
                Locale.ROOT,
                "The original published %,d of these sizes, and there %,d of %,d failed.",
                same.size(),
                same.stream().mapToLong(OriginalResult::failed).sum(),
                same.stream().mapToLong(this::calls).sum());
    return counts
        + " It ran on a machine that is not known, so compare what fails and how times grow,"
        + " not the times themselves.";
  }

  private long calls(OriginalResult result) {
    return OriginalResults.calls(plan.kind(), result.cell().clients());
  }

  private static String css() {
    try (InputStream in = ResultsPage.class.getResourceAsStream("results.css")) {
      if (in == null) {
        throw new IllegalStateException("results.css is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
