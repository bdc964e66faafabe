package io.distri.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.distri.cli.local.FreePorts;
import io.distri.cli.local.Home;
import io.distri.cli.local.LocalCluster;
import io.distri.cli.local.NodeEndpoint;
import io.distri.protocol.HostPort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The page of a real node, while it works, while another node is down, and while it is down. */
@Tag("processes")
@EnabledIf(value = "io.distri.cli.Chromium#isHere", disabledReason = Chromium.MISSING)
class DashboardInBrowserTest {

  @TempDir Path home;

  @Test
  void the_page_tells_of_every_node_and_survives_its_own() throws Exception {
    try (LocalCluster cluster = LocalCluster.startForNow(FreePorts.anywhere(2));
        Chromium chromium = new Chromium()) {
      NodeEndpoint node = cluster.endpoints().get(0);
      Page page = chromium.open("http://" + node.address() + "/");
      Locator nodes = page.locator("#nodes tr");
      assertThat(nodes).hasCount(2);
      for (int number = 0; number < 20; number++) {
        node.call("AddDocument", "catalog", "{}".getBytes(StandardCharsets.UTF_8));
      }
      assertThat(page.locator("#collections tr").first()).containsText("20");
      assertThat(page.locator("#dbRate")).not().hasText("0");
      assertThat(nodes.nth(1)).containsText("in step");

      cluster.pause(1);
      assertThat(nodes.nth(1)).containsText(Pattern.compile("suspect|dead"));
      assertThat(page.locator("#events")).containsText("does not answer");
      cluster.resume(1);
      assertThat(nodes.nth(1)).containsText("up");
      assertThat(page.locator("#events")).containsText("came back");
      Chromium.shoot(page, "dashboard");
      assertThat(Chromium.overhangOnPhone(page)).isZero();
      assertThat(chromium.complaints()).isEmpty();

      cluster.kill(0);
      assertThat(page.locator("#connection")).containsText("does not answer");
      assertThat(nodes).hasCount(2);
      cluster.revive(0);
      assertThat(page.locator("#connection")).isEmpty();
    }
  }

  @Test
  void where_tokens_are_set_the_page_asks_for_one_and_keeps_it() {
    HostPort address = FreePorts.anywhere(1).get(0);
    String tokens = "--distri.node.access.tokens=open-sesame-please";
    try (var node =
            NodeProgram.start(new Home(home), List.of(address), List.of(tokens)).orElseThrow();
        Chromium chromium = new Chromium()) {
      assertThat(node.isRunning()).isTrue();
      Page page = chromium.open("http://" + address + "/");
      page.getByLabel("access token").fill("a guess");
      page.getByText("Show the node").click();
      assertThat(page.getByText("The token is not known here.")).isVisible();
      page.getByLabel("access token").fill("open-sesame-please");
      page.getByText("Show the node").click();
      assertThat(page.locator("#nodes tr")).hasCount(1);
      page.reload();
      assertThat(page.locator("#nodes tr")).hasCount(1);
      assertThat(page.getByLabel("access token")).isHidden();
      assertThat(page.url()).doesNotContain("sesame");
    }
  }
}
