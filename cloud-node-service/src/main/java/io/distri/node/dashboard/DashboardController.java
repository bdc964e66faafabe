package io.distri.node.dashboard;

import io.distri.node.dashboard.PageAssets.Content;
import io.distri.node.problem.ProblemException;
import io.distri.protocol.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
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

  /** Pages that are open at one time; each holds a virtual thread and a connection. */
  private static final int MOST_PAGES = 32;

  /** The page among its files, by a name that no file has. */
  private static final String PAGE = "/";

  /** Read when somebody looks at the page first: no start waits for it. */
  private final Supplier<Map<String, Content>> files =
      SingletonSupplier.of(DashboardController::files);

  private final DashboardStream stream;
  private final Semaphore pages = new Semaphore(MOST_PAGES);

  DashboardController(DashboardStream stream) {
    this.stream = stream;
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
  void live(HttpServletResponse response) throws IOException, InterruptedException {
    if (!pages.tryAcquire()) {
      throw new ProblemException(
          ProblemType.REFUSED,
          "%d pages show this node already.".formatted(MOST_PAGES),
          Duration.ofSeconds(5));
    }
    try {
      response.setContentType("text/event-stream;charset=UTF-8");
      response.setHeader("Cache-Control", "no-store");
      stream.writeTo(response.getOutputStream());
    } finally {
      pages.release();
    }
  }
}
