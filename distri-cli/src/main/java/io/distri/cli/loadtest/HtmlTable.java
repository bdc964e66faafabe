package io.distri.cli.loadtest;

import io.distri.cli.loadtest.CellResult.Entries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Results as an HTML table, the original's figures in columns beside ours. */
final class HtmlTable {

  private static final String NONE = "–";

  private final Kind kind;
  private final OriginalResults original;

  HtmlTable(Kind kind, OriginalResults original) {
    this.kind = kind;
    this.original = original;
  }

  /** The table, in a box that scrolls where the page is too narrow for it. */
  String html(List<CellResult> results) {
    return """
    <div class="scroll" role="region" aria-labelledby="all" tabindex="0">
    <table>
    <thead>
    <tr><td></td><td></td><td></td><th colspan="2" scope="colgroup">failed</th>\
    <th colspan="2" scope="colgroup">avg completion</th><th colspan="2" scope="colgroup">avg response</th>\
    <td></td><td></td><td></td><td></td>%s</tr>
    <tr>%s</tr>
    </thead>
    <tbody>
    %s
    </tbody>
    </table>
    </div>
    """
        .formatted(
            kind == Kind.DB ? "<td></td><th colspan=\"2\" scope=\"colgroup\">saved</th>" : "",
            heading().stream()
                .map(name -> "<th scope=\"col\">" + name + "</th>")
                .collect(Collectors.joining()),
            results.stream().map(this::row).collect(Collectors.joining("\n")));
  }

  private List<String> heading() {
    List<String> heading = new ArrayList<>(List.of("nodes", "clients", "calls"));
    for (int pair = 0; pair < 3; pair++) {
      heading.addAll(List.of("Distri", "original"));
    }
    heading.addAll(List.of("p50", "p99", "p99.9", "sends/call"));
    if (kind == Kind.DB) {
      heading.addAll(List.of("acknowledged", "Distri", "original"));
    }
    return heading;
  }

  private String row(CellResult result) {
    Optional<OriginalResult> then = original.at(result.cell());
    List<String> cells = new ArrayList<>();
    cells.add(Words.count(result.cell().clients()));
    cells.add(Words.count(result.counts().calls()));
    cells.add(Words.count(result.counts().failed()));
    cells.add(then.map(found -> Words.count(found.failed())).orElse(NONE));
    cells.add(time(result.completion()));
    cells.add(then.map(found -> time(found.completion())).orElse(NONE));
    cells.add(time(result.latency().mean()));
    cells.add(then.map(found -> time(found.response())).orElse(NONE));
    cells.add(time(result.latency().p50()));
    cells.add(time(result.latency().p99()));
    cells.add(time(result.latency().p999()));
    cells.add(String.format(Locale.ROOT, "%.2f", result.sendsPerTask()));
    Entries entries = result.entries();
    if (entries != null) {
      OptionalLong saved = then.map(OriginalResult::saved).orElse(OptionalLong.empty());
      cells.add(Words.count(entries.acknowledged()));
      cells.add(Words.count(entries.saved()));
      cells.add(saved.isPresent() ? Words.count(saved.getAsLong()) : NONE);
    }
    return "<tr><th scope=\"row\">%s</th>%s</tr>"
        .formatted(
            result.cell().servers(),
            cells.stream().map(cell -> "<td>" + cell + "</td>").collect(Collectors.joining()));
  }

  /** Zero is the mean of no calls at all. */
  private static String time(Duration time) {
    return time.isZero() ? NONE : Words.seconds(time.toNanos() / 1e9);
  }
}
