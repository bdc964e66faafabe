package io.distri.peer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Tests of the page in a real browser, which ends with this process. */
abstract class InBrowser extends TwoPeers {
  /** On a machine that does much else, an image takes some seconds until it is published. */
  private static final double PATIENCE_MS = 60_000;

  /** Why tests are skipped where there is none. */
  static final String NO_BROWSER = "no Chromium at /usr/bin/chromium";

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  static Browser browser;

  final Queue<String> elsewhere = new ConcurrentLinkedQueue<>();
  final Queue<String> complaints = new ConcurrentLinkedQueue<>();

  private final List<BrowserContext> opened = new ArrayList<>();

  static boolean hasBrowser() {
    return Files.isExecutable(CHROMIUM);
  }

  @BeforeAll
  static void openBrowser() {
    if (browser != null) {
      return;
    }
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  @AfterEach
  void closePages() {
    opened.forEach(BrowserContext::close);
  }

  static Browser.NewContextOptions options() {
    return new Browser.NewContextOptions().setViewportSize(1200, 900);
  }

  Page open(TestPeer peer, Browser.NewContextOptions options) {
    return open(peer, options, "");
  }

  /** Opens the page with a script that runs before its own. */
  Page open(TestPeer peer, Browser.NewContextOptions options, String script) {
    BrowserContext context = browser.newContext(options);
    opened.add(context);
    context.setDefaultTimeout(PATIENCE_MS);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    context.onRequest(request -> {
      if (!request.url().startsWith("http://127.0.0.1:") && !request.url().startsWith("data:")) {
        elsewhere.add(request.url());
      }
    });
    context.addInitScript(script);
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text());
      }
    });
    page.navigate(peer.url());
    return page;
  }

  static void upload(Page page, String name, byte[] image) {
    page.locator("#file").setInputFiles(new FilePayload(name, "image/jpeg", image));
    page.getByText("Publish", new Page.GetByTextOptions().setExact(true)).click();
  }

  static Page.LocatorOptions filter(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  static void assertSeen(Page page) {
    Locator picture = page.locator("img.shown");
    assertThat(picture).isVisible();
    until(
        page, () -> picture.evaluate("image => image.complete && image.naturalWidth").equals(640));
  }

  /** Waits for a condition; the browser's events come in between. */
  static void until(Page page, Callable<Boolean> condition) {
    TestPeer.until(() -> {
      page.waitForTimeout(20);
      return condition.call();
    });
  }

  /** What axe calls serious or critical. */
  static void assertNoSeriousFinding(Page page) throws IOException {
    try (InputStream axe = InBrowser.class.getResourceAsStream("/axe.min.js")) {
      page.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    Object found =
        page.evaluate(
            "axe.run().then(r => r.violations.filter(v => ['serious',"
                + " 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.map(n =>"
                + " n.html).join(' ')))");
    assertThat((List<?>) found).isEmpty();
  }

  /** Pictures of the page, for people: the documentation shows some of them. */
  static void shoot(Page page, String name) throws IOException {
    Path pictures = Files.createDirectories(Path.of("target", "pictures"));
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(pictures.resolve("peer-" + name + ".png"))
            .setFullPage(true));
  }

  static byte[] concatenated(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
