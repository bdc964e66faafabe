package io.distri.cli.demo;

import io.distri.cli.loadtest.Kind;
import io.distri.cli.loadtest.OriginalResults;
import io.distri.node.dashboard.PageAssets;
import io.distri.node.dashboard.PageAssets.Content;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of the demo page, from the program itself: the page and what it shares with a node's.
 */
final class PageFiles {

  private static final String PAGE = "/io/distri/cli/demo/";

  private static final int ORIGINAL_NODES = 6;
  private static final List<Integer> ORIGINAL_CLIENTS = List.of(5, 50, 100, 500, 1000, 2500);

  private final Map<String, Content> files = new HashMap<>();

  PageFiles() {
    PageAssets.shared().forEach((name, content) -> files.put("/" + name, content));
    files.put("/", Content.of(PageFiles.class, PAGE + "index.html"));
    for (String own : List.of("demo.css", "demo.js")) {
      files.put("/" + own, Content.of(PageFiles.class, PAGE + own));
    }
    files.put("/original.json", new Content("application/json", original()));
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
}
