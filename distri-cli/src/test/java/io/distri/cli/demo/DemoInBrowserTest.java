package io.distri.cli.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.distri.cli.Chromium;
import io.distri.cli.local.FreePorts;
import io.distri.cli.local.Home;
import io.distri.cli.local.LocalCluster;
import io.distri.node.dashboard.Recent;
import io.distri.protocol.image.AgeIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A visitor breaks one node of three after the other, in every way that the page offers. */
@Tag("processes")
@EnabledIf(value = "io.distri.cli.Chromium#isHere", disabledReason = Chromium.MISSING)
class DemoInBrowserTest {

  /** Longer than a visitor's, so that a machine that does other things too fails no call. */
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** A third would be its own. */
  private static final double SLOW_SHARE = 0.1;

  @TempDir Path home;

  private Page page;

  @Test
  void whatever_is_done_to_one_node_no_call_fails_and_no_write_is_lost() throws Exception {
    Recent<Snapshot> history = new Recent<>(Snapshot.KEPT);
    String recipient = AgeIdentity.generate().recipient().toString();
    try (LocalCluster cluster =
            LocalCluster.startBreakable(new Home(home), FreePorts.anywhere(3), message -> {});
        Playground playground = new Playground(cluster, recipient, DEADLINE, history);
        DemoPage served = new DemoPage(playground, history);
        Chromium chromium = new Chromium()) {
      playground.start();
      page = chromium.open(served.url());
      assertThat(card(0)).containsText("others see it up");

      press(0, "16× slower");
      assertThat(card(0)).containsText("up, 16× slower");
      // Clients see it too: by now and then they give it a call.
      await().atMost(PATIENCE).until(() -> share(history, 0) < SLOW_SHARE);
      press(0, "Cut off");
      assertThat(card(0)).containsText("16× slower, cut off");
      assertThat(card(0)).containsText("others see it suspect");
      press(0, "Full speed");
      assertThat(card(0)).not().containsText("16× slower,");
      press(0, "Heal");
      assertThat(card(0)).containsText("others see it up");

      press(1, "Pause");
      assertThat(card(1)).containsText("paused");
      assertThat(button(1, "16× slower")).isDisabled();
      press(1, "Resume");
      assertThat(card(1)).containsText("up");

      press(2, "Pause");
      press(2, "Kill −9");
      assertThat(card(2)).containsText("killed");
      press(2, "Revive");
      assertThat(card(2).locator(".state")).hasText("up");

      Chromium.shoot(page, "demo");
      assertThat(Chromium.overhangOnPhone(page)).isZero();
      page.getByLabel("round robin").check();
      assertThat(page.locator("#happened")).containsText("round robin");

      assertThat(page.locator("#failed")).hasText("0");
      assertThat(page.locator("#lost")).hasText("0");
      assertThat(page.locator("#verified")).not().hasText("0");
      assertThat(chromium.complaints()).isEmpty();
    }
  }

  /** Of the calls of the last seconds. */
  private static double share(Recent<Snapshot> history, int node) throws InterruptedException {
    List<Recent.Numbered<Snapshot>> all = history.from(0, Duration.ZERO);
    return all.subList(Math.max(0, all.size() - 5), all.size()).stream()
        .mapToDouble(second -> second.value().nodes().get(node).share())
        .average()
        .orElse(1);
  }

  private Locator card(int node) {
    return page.locator("#nodes li").nth(node);
  }

  private Locator button(int node, String text) {
    return card(node)
        .getByRole(AriaRole.BUTTON)
        .filter(new Locator.FilterOptions().setHasText(text));
  }

  private void press(int node, String text) {
    button(node, text).click();
  }
}
