package io.distri.cli.demo;

import io.distri.cli.loadtest.Kind;
import io.distri.cli.loadtest.OriginalResults;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The files of the demo page, from the program itself: the page and the charts' library. */
final class PageFiles {

  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";

  private static final String PAGE = "/io/distri/cli/demo/";
  private static final String UPLOT_POM = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

  private static final int ORIGINAL_NODES = 6;
  private static final List<Integer> ORIGINAL_CLIENTS = List.of(5, 50, 100, 500, 1000, 2500);

  /** A file. */
  record Content(String mediaType, byte[] bytes) {}

  private final Map<String, Content> files;

  PageFiles() {
    String uplot = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/";
    files =
        Map.of(
            "/", new Content(HTML, read(PAGE + "index.html")),
            "/demo.css", new Content(CSS, read(PAGE + "demo.css")),
            "/demo.js", new Content(JAVASCRIPT, read(PAGE + "demo.js")),
            "/original.json", new Content("application/json", original()),
            "/charts.js", new Content(JAVASCRIPT, read(PAGE + "charts.js")),
            "/uplot.js", new Content(JAVASCRIPT, read(uplot + "uPlot.iife.min.js")),
            "/uplot.css", new Content(CSS, read(uplot + "uPlot.min.css")));
  }

  /** The file at a path; null where there is none. */
  @Nullable Content at(String path) {
    return files.get(path);
  }

  /** What the original's load test counted on this many nodes. */
  private static byte[] original() {
    OriginalResults results = OriginalResults.of(Kind.ENCRYPT);
    return JsonMapper.shared()
        .writeValueAsBytes(
            ORIGINAL_CLIENTS.stream()
                .map(clients ->
                    Map.of(
                        "clients", clients,
                        "tasks", OriginalResults.calls(Kind.ENCRYPT, clients),
                        "failed", results.failed(ORIGINAL_NODES, clients).orElseThrow()))
                .toList());
  }

  private static String uplotVersion() {
    Properties pom = new Properties();
    try (InputStream in = open(UPLOT_POM)) {
      pom.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pom.getProperty("version");
  }

  private static byte[] read(String resource) {
    try (InputStream in = open(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) {
    InputStream in = PageFiles.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException(resource + " is missing from the program");
    }
    return in;
  }
}
