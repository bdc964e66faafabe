package io.distri.peer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. Skipped where there is no Chromium. */
@EnabledIf(value = "hasBrowser", disabledReason = "no Chromium at /usr/bin/chromium")
class PageTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final byte[] SUNSET = Pictures.landscape(3);

  @TempDir static Path cloudDirectory;
  private static TestCloud cloud;
  private static Playwright playwright;
  private static Browser browser;

  @TempDir Path directory;
  private TestPeer alice;
  private TestPeer bob;
  private final Queue<String> elsewhere = new ConcurrentLinkedQueue<>();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

  static boolean hasBrowser() {
    return Files.isExecutable(CHROMIUM);
  }

  @BeforeAll
  static void openBrowser() {
    cloud = new TestCloud(cloudDirectory, 1);
    playwright =
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

  @AfterAll
  static void closeBrowser() {
    playwright.close();
    cloud.close();
  }

  @BeforeEach
  void startPeers() {
    cloud.clear();
    alice = new TestPeer("alice", directory, cloud.nodes());
    bob = new TestPeer("bob", directory, cloud.nodes());
  }

  @AfterEach
  void stopPeers() {
    alice.close();
    bob.close();
  }

  @Test
  void two_people_share_from_upload_to_denial() throws Exception {
    Page alices = open(alice, options());
    Page bobs = open(bob, options().setViewportSize(390, 844).setColorScheme(ColorScheme.DARK));
    upload(alices, "sunset.jpg", SUNSET);
    assertThat(alices.getByText("Published sunset.jpg.")).isVisible();
    upload(alices, "hills.jpg", Pictures.landscape(5));
    assertThat(alices.getByText("Published hills.jpg.")).isVisible();

    Locator card = bobs.locator("#gallery li", filter("sunset.jpg"));
    assertThat(card).isVisible();
    card.getByLabel("Views").fill("5");
    card.getByRole(AriaRole.BUTTON).click();
    assertThat(bobs.getByText("Asked alice for 5 views of sunset.jpg.")).isVisible();

    Locator request = alices.locator("#inbox li", filter("sunset.jpg"));
    assertThat(request).containsText("bob asks for 5 views");
    shoot(alices, "inbox");
    assertNoSeriousFinding(alices);
    request.getByLabel("Views").fill("3");
    request.getByText("Accept").click();
    assertThat(alices.getByText("Gave bob 3 views of sunset.jpg.")).isVisible();

    Locator share = bobs.locator("#available li", filter("sunset.jpg"));
    for (int left = 3; left > 0; left--) {
      assertThat(share).containsText(left == 1 ? "1 view left" : left + " views left");
      share.getByText("View (takes one)").click();
      assertSeen(bobs);
      if (left == 3) {
        shoot(bobs, "view-phone-dark");
        assertNoSeriousFinding(bobs);
      }
      bobs.getByText("Done").click();
    }
    assertThat(share).containsText("No views left");
    assertThat(share.getByText("View (takes one)")).hasCount(0);

    Locator given = alices.locator("#shared li", filter("sunset.jpg"));
    assertThat(given).containsText("0 left, 3 seen");
    given.getByLabel("Left").fill("4");
    given.getByText("Change").click();
    assertThat(share).containsText("4 views left");
    shoot(bobs, "phone-dark");
    assertNoSeriousFinding(bobs);
    given.getByText("Revoke").click();
    assertThat(share).containsText("No views left");

    bobs.locator("#gallery li", filter("hills.jpg")).getByText("Request").click();
    alices.locator("#inbox li", filter("hills.jpg")).getByText("Reject").click();
    assertThat(bobs.locator("#available li", filter("hills.jpg"))).containsText("Refused");
    shoot(alices, "desktop-light");
    assertNoSeriousFinding(alices);
    assertThat(elsewhere).as("requests that left the machine").isEmpty();
    assertThat(complaints).as("what the browser complained about").isEmpty();
  }

  @Test
  void what_somebody_chose_or_typed_stays_when_news_come() throws Exception {
    Page alices = open(alice, options());
    byte[] image = Pictures.landscape(9);
    alices.locator("#file").setInputFiles(new FilePayload("kept.jpg", "image/jpeg", image));
    alice.add("news.jpg", Pictures.landscape(8));
    bob.add("from-bob.jpg", Pictures.landscape(7));
    assertThat(alices.locator("#gallery li", filter("from-bob.jpg"))).isVisible();

    alices.getByText("Publish", new Page.GetByTextOptions().setExact(true)).click();

    assertThat(alices.getByText("Published kept.jpg.")).isVisible();
    assertThat(alices.locator("#own li", filter("news.jpg"))).isVisible();
  }

  @Test
  void a_new_request_is_on_the_page_within_a_second() throws Exception {
    Page alices = open(alice, options());
    alice.add("sunset.jpg", SUNSET);
    TestPeer.until(() -> bob.sees(alice, "sunset.jpg"));

    long start = System.nanoTime();
    bob.request(alice, "sunset.jpg", 2);
    assertThat(alices.locator("#inbox li", filter("sunset.jpg"))).isVisible();
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(alices.locator("#news")).hasText("There is a new request.");
    // On a machine with a free processor it takes a tenth of this.
    assertThat(seconds).isLessThan(1 + busyness());
  }

  /** Seconds that this machine takes for what an idle one does at once: its queue per processor. */
  private static double busyness() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return Math.max(0, system.getSystemLoadAverage() / system.getAvailableProcessors() - 1);
  }

  @Test
  void without_javascript_everything_but_live_updates_works() throws Exception {
    Page alices = open(alice, options().setJavaScriptEnabled(false));
    Page bobs = open(bob, options().setJavaScriptEnabled(false));
    upload(alices, "sunset.jpg", SUNSET);
    TestPeer.until(() -> bob.sees(alice, "sunset.jpg"));
    bobs.reload();
    bobs.locator("#gallery li", filter("sunset.jpg")).getByText("Request").click();
    TestPeer.until(() -> !alice.peer().inbox().isEmpty());
    alices.reload();
    alices.locator("#inbox li", filter("sunset.jpg")).getByText("Accept").click();
    bob.awaitLeft(alice, "sunset.jpg", 3);
    bobs.reload();
    bobs.locator("#available li", filter("sunset.jpg")).getByText("View (takes one)").click();
    assertThat(bobs.getByText("2 views are left after this one.")).isVisible();
    bobs.getByText("Done").click();
    assertThat(bobs.locator("#available")).containsText("2 views left");
    alices.locator("#own").getByText("Delete").click();
    assertThat(alices.getByText("Deleted sunset.jpg.")).isVisible();
  }

  @Test
  void what_is_typed_stays_while_the_page_renews_itself() throws Exception {
    alice.add("sunset.jpg", SUNSET);
    alice.add("hills.jpg", SUNSET);
    bob.request(alice, "sunset.jpg", 2);
    Page alices = open(alice, options());
    Locator views = alices.locator("#inbox li", filter("sunset.jpg")).getByLabel("Views");
    views.fill("77");
    bob.request(alice, "hills.jpg", 1);
    TestPeer.until(() -> alice.peer().inbox().size() == 2);
    assertThat(alices.locator("#news")).hasText("There is a new request.");
    assertThat(views).hasValue("77");
  }

  @Test
  void script_in_a_name_in_an_image_or_in_a_refusal_is_never_run() throws Exception {
    Page alices = open(alice, options());
    String svg =
        "<svg xmlns='http://www.w3.org/2000/svg'><script>document.title='run'</script></svg>";
    upload(alices, "x.svg", svg.getBytes(StandardCharsets.UTF_8));
    assertThat(alices.getByText("that is no PNG")).isVisible();
    upload(alices, "<img src=x onerror=document.title='run'>.png", SUNSET);
    assertThat(alices.getByText("an image's name has up to")).isVisible();
    alices.navigate(alice.url() + "/?note=<script>document.title='run'</script>&page=0");
    assertThat(alices.title()).isEqualTo("alice · Distri");

    byte[] polyglot =
        concatenated(
            SUNSET, "<script>document.title='run'</script>".getBytes(StandardCharsets.UTF_8));
    alice.add("polyglot.jpg", polyglot);
    bob.request(alice, "polyglot.jpg", 1);
    alice.grant(bob, "polyglot.jpg", 1);
    bob.awaitLeft(alice, "polyglot.jpg", 1);
    Page bobs = open(bob, options());
    bobs.locator("#available").getByText("View (takes one)").click();
    assertSeen(bobs);
    assertThat(bobs.title()).isEqualTo("polyglot.jpg · Distri");
  }

  @Test
  void a_page_of_another_site_changes_nothing() {
    Page evil = browser.newContext().newPage();
    evil.route(
        "http://evil.example/**",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/html")
                    .setBody(
                        "<form method=post action='%s/delete'><input name=resource value=sunset.jpg></form>"
                            .formatted(alice.url()))));
    evil.navigate("http://evil.example/");
    evil.evaluate("document.forms[0].submit()");
    assertThat(evil.getByText("Pages of other sites can't use this peer.")).isVisible();
  }

  private static Browser.NewContextOptions options() {
    return new Browser.NewContextOptions().setViewportSize(1200, 900);
  }

  private Page open(TestPeer peer, Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(60_000);
    context.onRequest(request -> {
      if (!request.url().startsWith("http://127.0.0.1:") && !request.url().startsWith("data:")) {
        elsewhere.add(request.url());
      }
    });
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text());
      }
    });
    page.navigate(peer.url());
    return page;
  }

  private static void upload(Page page, String name, byte[] image) {
    page.locator("#file").setInputFiles(new FilePayload(name, "image/jpeg", image));
    page.getByText("Publish", new Page.GetByTextOptions().setExact(true)).click();
  }

  private static Page.LocatorOptions filter(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static void assertSeen(Page page) {
    Locator picture = page.locator("img.shown");
    assertThat(picture).isVisible();
    TestPeer.until(() -> {
      page.waitForTimeout(20);
      return picture.evaluate("image => image.complete && image.naturalWidth").equals(640);
    });
  }

  /** What axe calls serious or critical. */
  private static void assertNoSeriousFinding(Page page) throws IOException {
    try (InputStream axe = PageTest.class.getResourceAsStream("/axe.min.js")) {
      page.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    Object found =
        page.evaluate(
            "axe.run().then(r => r.violations.filter(v => ['serious', 'critical'].includes(v.impact))"
                + ".map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' ')))");
    assertThat((List<?>) found).isEmpty();
  }

  /** Pictures of the page, for people: the documentation shows some of them. */
  private static void shoot(Page page, String name) throws IOException {
    Path pictures = Files.createDirectories(Path.of("target", "pictures"));
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(pictures.resolve("peer-" + name + ".png"))
            .setFullPage(true));
  }

  private static byte[] concatenated(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
