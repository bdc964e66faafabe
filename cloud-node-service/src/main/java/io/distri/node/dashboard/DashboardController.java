package io.distri.node.dashboard;

import io.distri.node.dashboard.PageAssets.Content;
import io.distri.node.problem.ProblemException;
import io.distri.node.settings.NodeProperties;
import io.distri.node.stream.EventStreams;
import io.distri.protocol.ProblemType;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the page and what it draws with, which hold nothing of the node's and so are for
 * everybody, and what it shows, which is for whoever may call the node.
 */
@RestController
final class DashboardController {
  /** uPlot sets sizes on elements, so styles may stand on them; nothing comes from elsewhere. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  /** Pages that are open at one time: a tenth of them are as many as one address always gets. */
  private static final int MOST_PAGES = 80;

  /** The page among its files, by a name that no file has. */
  private static final String PAGE = "/";

  /** Read when somebody looks at the page first: no start waits for it. */
  private final Supplier<Map<String, Content>> files =
      SingletonSupplier.of(DashboardController::files);

  private final DashboardStream stream;
  private final EventStreams pages;

  DashboardController(DashboardStream stream, NodeProperties properties, MeterRegistry meters) {
    this.stream = stream;
    this.pages =
        new EventStreams("dashboard", MOST_PAGES, properties.streams().sharePercent(), meters);
  }

  private static Map<String, Content> files() {
    Map<String, Content> files = new HashMap<>(PageAssets.shared());
    files.put(PAGE, Content.of(DashboardController.class, PageAssets.HERE + "index.html"));
    for (String own : List.of("dashboard.css", "dashboard.js")) {
      files.put(own, Content.of(DashboardController.class, PageAssets.HERE + own));
    }
    return files;
  }

  @GetMapping("/")
  ResponseEntity<byte[]> page() {
    return asset(PAGE);
  }

  @GetMapping("/dashboard/{file}")
  ResponseEntity<byte[]> asset(@PathVariable("file") String file) {
    Content content = files.get().get(file);
    if (content == null) {
      throw new ProblemException(ProblemType.NOT_FOUND, "There is nothing at this path.");
    }
    return answer(content);
  }

  private static ResponseEntity<byte[]> answer(Content content) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(content.mediaType()))
        .cacheControl(CacheControl.noCache())
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .body(content.bytes());
  }

  /** Answers until the caller goes or the node stops. */
  @GetMapping("/dashboard")
  void live(HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    pages.answer(request, response, () -> stream::writeTo);
  }
}
