package io.distri.node.stats;

import io.distri.node.admission.AdmissionControl;
import io.distri.node.db.CollectionSummary;
import io.distri.node.db.DocumentStore;
import io.distri.node.local.LocalNode;
import io.distri.node.service.CloudService;
import io.distri.node.service.ServiceCounters;
import io.distri.node.service.ServiceRequest;
import io.distri.node.service.ServiceResponse;
import io.distri.protocol.NodeStats;
import io.distri.protocol.ServiceNames;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Answers with the node's statistics: always, whatever its state and load. */
final class StatsService implements CloudService {
  private final LocalNode self;
  private final ServiceCounters counters;
  private final AdmissionControl admission;
  private final DocumentStore documents;
  private final JsonMapper json;

  StatsService(
      LocalNode self,
      ServiceCounters counters,
      AdmissionControl admission,
      DocumentStore documents,
      JsonMapper json) {
    this.self = self;
    this.counters = counters;
    this.admission = admission;
    this.documents = documents;
    this.json = json;
  }

  @Override
  public String name() {
    return ServiceNames.STATS;
  }

  @Override
  public boolean idempotent() {
    return true;
  }

  @Override
  public ServiceResponse serve(ServiceRequest request) {
    NodeStats stats = stats();
    return request
            .preferred(ServiceResponse.TEXT, ServiceResponse.JSON)
            .equals(ServiceResponse.JSON)
        ? ServiceResponse.of(ServiceResponse.JSON, json.writeValueAsBytes(stats))
        : ServiceResponse.ofText(stats.report());
  }

  private NodeStats stats() {
    ServiceCounters.Counts counts = counters.counts();
    double totalMs = counts.taskTime().toNanos() / 1e6;
    return new NodeStats(
        self.id(),
        self.publicAddress().toString(),
        counts.received(),
        counts.accepted(),
        counts.completed(),
        counts.failed(),
        counts.serverFails(),
        totalMs,
        counts.completed() == 0 ? 0 : totalMs / counts.completed(),
        admission.inFlight(),
        documents.version().sum(),
        documents.collections().stream()
            .collect(Collectors.toMap(CollectionSummary::name, CollectionSummary::documents)));
  }
}
