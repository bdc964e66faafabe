package io.distri.node.dashboard;

import io.distri.node.local.LocalNode;
import io.distri.protocol.NodeState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the page shows, as server-sent events: one at once with all samples that are kept, then one
 * a period with the newest. They are the heartbeat as well.
 */
final class DashboardStream {
  /** How soon a stream ends once the node stops. */
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Sampler sampler;
  private final LocalNode self;
  private final JsonMapper json;

  DashboardStream(Sampler sampler, LocalNode self, JsonMapper json) {
    this.sampler = sampler;
    this.self = self;
    this.json = json;
  }

  /** Returns when the node stops. */
  void writeTo(OutputStream out) throws IOException, InterruptedException {
    long next = 0;
    boolean first = true;
    while (self.state() != NodeState.RESTARTING && self.state() != NodeState.LEFT) {
      List<Recent.Numbered<Sample>> news =
          sampler.samples().from(next, first ? Duration.ZERO : LOOK);
      if (first || !news.isEmpty()) {
        write(out, news.stream().map(Recent.Numbered::value).toList());
      }
      next = news.isEmpty() ? next : news.get(news.size() - 1).number() + 1;
      first = false;
    }
  }

  private void write(OutputStream out, List<Sample> samples) throws IOException {
    String event = json.writeValueAsString(Map.of("samples", samples, "now", sampler.picture()));
    out.write(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
