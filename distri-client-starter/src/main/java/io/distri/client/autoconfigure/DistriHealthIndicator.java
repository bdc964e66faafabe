package io.distri.client.autoconfigure;

import io.distri.client.DistriClient;
import io.distri.client.NodeAnswer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** Up while any node answers, since one is enough to serve calls; the details name each node. */
final class DistriHealthIndicator extends AbstractHealthIndicator {

  private final DistriClient client;

  DistriHealthIndicator(DistriClient client) {
    super("The cluster could not be asked");
    this.client = client;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    List<NodeAnswer> answers = client.askStats();
    Map<String, String> nodes = new TreeMap<>();
    for (NodeAnswer answer : answers) {
      nodes.put(
          answer.address().toString(),
          answer instanceof NodeAnswer.Silent silent ? silent.reason() : Status.UP.getCode());
    }
    boolean anyUp = answers.stream().anyMatch(NodeAnswer.Answered.class::isInstance);
    builder.status(anyUp ? Status.UP : Status.DOWN).withDetail("nodes", nodes);
  }
}
