package io.distri.peer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Two people, from upload to denial: what the pictures show that the documentation has. */
@EnabledIf(value = "hasBrowser", disabledReason = InBrowser.NO_BROWSER)
class PageStoryTest extends InBrowser {
  private static final byte[] SUNSET = Pictures.landscape(3);

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
    shoot(bobs, "story-end-phone-dark");
    bobs.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    shoot(bobs, "phone-light");
    assertNoSeriousFinding(bobs);
    alices.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    shoot(alices, "desktop-dark");
    assertNoSeriousFinding(alices);
    assertThat(elsewhere).as("requests that left the machine").isEmpty();
    assertThat(complaints).as("what the browser complained about").isEmpty();
  }
}
