package io.distri.cli.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.distri.cli.loadtest.CellResult.Entries;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ResultsPageTest {

  private static final Pattern CHART =
      Pattern.compile("<svg viewBox=\"0 .*?</svg>", Pattern.DOTALL);

  private final String encrypt =
      page(
          Kind.ENCRYPT,
          Samples.result(1, 5, 0, null),
          Samples.result(6, 2500, 3, null),
          Samples.hopeless(7, 2500));

  @Test
  void it_needs_nothing_but_itself() {
    assertThat(encrypt).doesNotContain("http", "src=", "url(", "@import", "<script");
  }

  @Test
  void charts_show_ours_and_the_original_and_tell_their_values_in_words() throws Exception {
    Matcher charts = CHART.matcher(encrypt);
    for (String title :
        List.of("Average completion time", "Average response time", "Failed tasks")) {
      String ours = words(charts);
      assertThat(ours).startsWith(title + ", Distri. 1 node: ").contains(" at 5 clients");
      assertThat(words(charts))
          .startsWith(title + ", the original. 1 node: ")
          .contains("7 nodes: ", "at 2500 clients");
    }
    assertThat(words(charts))
        .isEqualTo(
            "Processor time of a call. All nodes: 2 at 1 nodes, 12 at 6 nodes."
                + " Clients: 1 at 1 nodes, 2 at 7 nodes.");
    assertThat(words(charts)).startsWith("Bytes of a call. Clients: 240 at 1 nodes");
    assertThat(charts.find()).isFalse();
  }

  @Test
  void a_test_without_any_time_has_no_point_in_a_chart_of_times_but_one_in_that_of_failures() {
    List<String> words = CHART.matcher(encrypt).results().map(chart -> chart.group()).toList();

    assertThat(words.get(2)).contains("1 node: 61.5 ms").doesNotContain("7 nodes");
    assertThat(words.get(4)).contains("6 nodes: 3 at 2500 clients. 7 nodes: 10 at 2500 clients.");
  }

  @Test
  void the_table_has_the_figures_of_both() {
    assertThat(encrypt)
        .contains(
            "<tr><th scope=\"row\">6</th><td>2,500</td><td>250</td><td>3</td><td>24,296</td>"
                + "<td>52.9 ms</td><td>–</td><td>61.5 ms</td><td>5.15 s</td>");
    assertThat(page(Kind.DB, Samples.result(2, 1500, 0, new Entries(1500, 1500))))
        .contains("<td>1,500</td><td>1,500</td><td>69</td></tr>");
  }

  @Test
  void sums_compare_tests_of_the_same_sizes() {
    assertThat(encrypt)
        .contains("3 tests: <b>13 of 510</b> calls failed.")
        .contains("published 3 of these sizes, and there 48,862 of 50,050 failed.");
    assertThat(page(Kind.DB, Samples.result(9, 3, 0, new Entries(3, 3))))
        .contains("One test: <b>0 of 250</b>", "The original published no test of these sizes.");
  }

  @Test
  void how_it_was_run_is_told_and_does_no_harm() {
    assertThat(encrypt)
        .contains("<code>./distri load-test &lt;b&gt;</code>")
        .contains("2026-01-02 03:04 UTC, on a machine.")
        .contains("After a warm-up of 500 calls a node");
  }

  private static String page(Kind kind, CellResult... results) {
    Plan plan =
        new Plan(kind, List.of(1), List.of(5), new ClosedLoop(kind.tasks()), 500, Path.of("out"));
    Provenance provenance =
        new Provenance(
            "./distri load-test <b>", Instant.parse("2026-01-02T03:04:05Z"), "a machine");
    return new ResultsPage(plan, List.of(results), provenance).html();
  }

  /** Of the next chart, which has to be well-formed. */
  private static String words(Matcher charts) throws Exception {
    assertThat(charts.find()).isTrue();
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(charts.group())));
    return svg.getDocumentElement().getAttribute("aria-label");
  }
}
