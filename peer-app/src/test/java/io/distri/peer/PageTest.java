package io.distri.peer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import io.distri.peer.book.Changes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The page in a browser, a property at a time. */
@EnabledIf(value = "hasBrowser", disabledReason = InBrowser.NO_BROWSER)
class PageTest extends InBrowser {

  /** Counts what the page hears, and keeps what it fetches until it is let go. */
  private static final String HOLDS_ANSWERS =
      """
      window.seen = 0; window.held = []; window.holding = true;
      const listen = EventSource.prototype.addEventListener, get = window.fetch;
      EventSource.prototype.addEventListener = function (type, hear) {
        listen.call(this, type, event => { hear(event); window.seen++; });
      };
      window.fetch = async address => {
        const answer = await get(address), text = await answer.text();
        if (window.holding) await new Promise(go => window.held.push(go));
        return new Response(text);
      };
      """;

  @Test
  void what_somebody_chose_or_typed_stays_when_news_come() throws Exception {
    Page alices = open(alice, options());
    byte[] kept = Pictures.landscape(9);
    alices.locator("#file").setInputFiles(new FilePayload("kept.jpg", "image/jpeg", kept));
    alice.add("news.jpg", Pictures.landscape(8));
    bob.add("from-bob.jpg", Pictures.landscape(7));
    assertThat(alices.locator("#gallery li", filter("from-bob.jpg"))).isVisible();

    alices.getByText("Publish", new Page.GetByTextOptions().setExact(true)).click();

    assertThat(alices.getByText("Published kept.jpg.")).isVisible();
    assertThat(alices.locator("#own li", filter("news.jpg"))).isVisible();
  }

  @Test
  void the_form_for_uploads_stays_where_it_is_when_images_come() throws Exception {
    Page alices = open(alice, options());
    alices.evaluate("document.getElementById('file').marked = true");
    alice.add(image, CAT);
    assertThat(alices.locator("#own li", filter(image))).isVisible();
    assertThat(is(alices, "document.getElementById('file').marked === true")).isTrue();
  }

  @Test
  void a_new_request_is_on_the_page_within_a_second() throws Exception {
    Page alices = open(alice, options());
    alice.add(image, CAT);
    TestPeer.until(() -> bob.sees(alice, image));

    long start = System.nanoTime();
    bob.request(alice, image, 2);
    assertThat(alices.locator("#inbox li", filter(image))).isVisible();
    assertThat(Load.secondsSince(start)).isLessThan(1);
    assertThat(alices.locator("#news")).hasText("There is a new request.");
  }

  @Test
  void news_that_come_while_the_page_is_fetched_are_not_lost() throws Exception {
    alice.add(image, CAT);
    TestPeer.until(() -> bob.sees(alice, image));
    Page alices = open(alice, options(), HOLDS_ANSWERS);
    Changes changes = alice.bean(Changes.class);
    until(
        alices,
        () -> {
          changes.happened();
          return is(alices, "seen > 0");
        });
    until(alices, () -> is(alices, "held.length > 0"));
    heard(alices, changes);
    alices.evaluate("held.shift()()");
    until(alices, () -> is(alices, "held.length > 0"));

    bob.request(alice, image, 2);
    TestPeer.until(() -> alice.waits(bob, image));
    heard(alices, changes);
    alices.evaluate("holding = false; held.forEach(go => go())");

    // Each minute there are news in any case: bob is still there.
    assertThat(alices.locator("#inbox li", filter(image)))
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(20_000));
  }

  private static void heard(Page page, Changes changes) {
    Object before = page.evaluate("seen");
    changes.happened();
    until(page, () -> is(page, "seen > " + before));
  }

  private static boolean is(Page page, String condition) {
    return page.evaluate(condition).equals(true);
  }

  @Test
  void a_request_that_only_the_directory_has_is_on_the_page_within_a_second() throws Exception {
    Page alices = open(alice, options());
    alice.add(image, CAT);
    TestPeer.until(() -> bob.sees(alice, image));
    try (Stranger eve = new Stranger("eve", directory, cloud.nodes())) {
      eve.register(TestCloud.freeAddress());
      long start = System.nanoTime();
      eve.publish(eve.sign(eve.request(alice, image, 2)));
      assertThat(alices.locator("#inbox li", filter(image))).isVisible();
      assertThat(Load.secondsSince(start)).isLessThan(1);
    }
  }

  @Test
  void without_javascript_everything_but_live_updates_works() throws Exception {
    Page alices = open(alice, options().setJavaScriptEnabled(false));
    Page bobs = open(bob, options().setJavaScriptEnabled(false));
    upload(alices, image, CAT);
    TestPeer.until(() -> bob.sees(alice, image));
    bobs.reload();
    bobs.locator("#gallery li", filter(image)).getByText("Request").click();
    TestPeer.until(() -> alice.waits(bob, image));
    alices.reload();
    alices.locator("#inbox li", filter(image)).getByText("Accept").click();
    bob.awaitLeft(alice, image, 3);
    bobs.reload();
    bobs.locator("#available li", filter(image)).getByText("View (takes one)").click();
    assertThat(bobs.getByText("2 views are left after this one.")).isVisible();
    bobs.getByText("Done").click();
    assertThat(bobs.locator("#available li", filter(image))).containsText("2 views left");
    alices.locator("#own li", filter(image)).getByText("Delete").click();
    assertThat(alices.getByText("Deleted " + image + ".")).isVisible();
  }

  @Test
  void what_is_typed_stays_while_the_page_renews_itself() throws Exception {
    alice.add(image, CAT);
    alice.add("hills-of-" + image, CAT);
    bob.request(alice, image, 2);
    Page alices = open(alice, options());
    Locator views = alices.locator("#inbox li", filter(image)).getByLabel("Views");
    views.fill("77");
    bob.request(alice, "hills-of-" + image, 1);
    TestPeer.until(() -> alice.waits(bob, "hills-of-" + image));
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
    upload(alices, "<img src=x onerror=document.title='run'>.png", CAT);
    assertThat(alices.getByText("an image's name has up to")).isVisible();
    alices.navigate(alice.url() + "/?note=<script>document.title='run'</script>&page=0");
    assertThat(alices.title()).isEqualTo("alice · Distri");

    byte[] polyglot =
        concatenated(
            Pictures.withComment("<script>document.title='run'</script>"),
            "<script>document.title='run'</script>".getBytes(StandardCharsets.UTF_8));
    alice.add("polyglot.jpg", polyglot);
    bob.request(alice, "polyglot.jpg", 1);
    alice.grant(bob, "polyglot.jpg", 1);
    bob.awaitLeft(alice, "polyglot.jpg", 1);
    Page bobs = open(bob, options());
    bobs.locator("#available li", filter("polyglot.jpg")).getByText("View (takes one)").click();
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
                        "<form method=post action='%s/delete'><input name=resource value=cat.jpg></form>"
                            .formatted(alice.url()))));
    evil.navigate("http://evil.example/");
    evil.evaluate("document.forms[0].submit()");
    assertThat(evil.getByText("Pages of other sites can't use this peer.")).isVisible();
  }
}
