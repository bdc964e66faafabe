package io.distri.node.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard that docs/ ships. */
record GrafanaDashboard(JsonNode json) {
  static final Path GRAFANA = Prometheus.DOCS.resolve("observability/grafana");

  /** What a panel asks Prometheus for, and what it calls each series of the answer. */
  record Query(String expression, String legend) {}

  static GrafanaDashboard shipped() throws IOException {
    String file = Files.readString(GRAFANA.resolve("dashboards/distri.json"));
    return new GrafanaDashboard(JsonMapper.shared().readTree(file));
  }

  JsonNode panels() {
    return json.get("panels");
  }

  List<Query> queries() {
    List<Query> all = new ArrayList<>();
    for (JsonNode panel : panels()) {
      for (JsonNode target : panel.get("targets")) {
        all.add(new Query(target.get("expr").asString(), target.get("legendFormat").asString()));
      }
    }
    return all;
  }
}
