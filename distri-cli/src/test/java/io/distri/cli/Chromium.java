package io.distri.cli;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A real browser's window that keeps what it complains about and what it asks of other machines.
 */
public final class Chromium implements AutoCloseable {
  /** Why tests are skipped where there is none. */
  public static final String MISSING = "no Chromium at /usr/bin/chromium";

  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final int PATIENCE_MS = 300_000;
  private static final int PHONE_WIDTH = 400;

  /** Starting takes seconds, so all tests share it; it ends with this process. */
  private static @Nullable Browser browser;

  private final BrowserContext context =
      browser().newContext(new Browser.NewContextOptions().setViewportSize(1280, 900));
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

  /** Whether this machine has one. */
  public static boolean isHere() {
    return Files.isExecutable(PROGRAM);
  }

  private static synchronized Browser browser() {
    if (browser == null) {
      browser =
          Playwright.create(
                  new Playwright.CreateOptions()
                      .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(PROGRAM)
                      .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run")));
    }
    return browser;
  }

  /** Opens a page. */
  public Page open(String url) {
    Page page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
    page.onRequest(request -> {
      if (!request.url().startsWith("http://127.0.0.1:") && !request.url().startsWith("data:")) {
        complaints.add("asked for " + request.url());
      }
    });
    page.navigate(url);
    return page;
  }

  /** Errors of pages, and requests that left this machine. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /**
   * Pictures for people, in light and dark, on a desktop and on a phone; the documentation shows
   * some.
   */
  public static void shoot(Page page, String name) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (int width : List.of(1280, PHONE_WIDTH)) {
        page.setViewportSize(width, 900);
        page.waitForTimeout(100);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(Path.of("target/pictures/%s-%s-%d.png".formatted(name, scheme, width)))
                .setFullPage(true));
      }
    }
  }

  /** By how many pixels the page is wider than a phone. */
  public static int overhangOnPhone(Page page) {
    page.setViewportSize(PHONE_WIDTH, 900);
    return ((Number)
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .intValue();
  }

  @Override
  public void close() {
    context.close();
  }
}
