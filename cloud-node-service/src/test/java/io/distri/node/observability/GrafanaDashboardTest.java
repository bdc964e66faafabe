package io.distri.node.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/** The dashboard's panels and what they refer to; Grafana itself is not there to load them. */
class GrafanaDashboardTest {
  /** Of Grafana's grid. */
  private static final int COLUMNS = 24;

  private record Cell(int column, int row) {}

  @Test
  void panels_have_ids_and_places_of_their_own() throws Exception {
    Set<Integer> ids = new HashSet<>();
    Set<Cell> taken = new HashSet<>();
    for (JsonNode panel : GrafanaDashboard.shipped().panels()) {
      assertThat(ids.add(panel.get("id").asInt())).as("the id of %s", panel).isTrue();
      for (Cell cell : cells(panel.get("gridPos"))) {
        assertThat(cell.column()).isLessThan(COLUMNS);
        assertThat(taken.add(cell)).as("the place of %s", panel).isTrue();
      }
    }
  }

  private static List<Cell> cells(JsonNode place) {
    List<Cell> cells = new ArrayList<>();
    for (int x = 0; x < place.get("w").asInt(); x++) {
      for (int y = 0; y < place.get("h").asInt(); y++) {
        cells.add(new Cell(place.get("x").asInt() + x, place.get("y").asInt() + y));
      }
    }
    return cells;
  }

  @Test
  void panels_and_their_queries_ask_the_data_source_that_is_provisioned() throws Exception {
    String file =
        Files.readString(
            GrafanaDashboard.GRAFANA.resolve("provisioning/datasources/prometheus.yml"));
    Map<String, List<Map<String, Object>>> provisioned = new Yaml().load(file);
    Map<String, Object> source = provisioned.get("datasources").getFirst();
    for (JsonNode panel : GrafanaDashboard.shipped().panels()) {
      Set<String> names = new HashSet<>();
      assertIs(source, panel.get("datasource"));
      assertThat(panel.get("targets")).isNotEmpty();
      for (JsonNode target : panel.get("targets")) {
        assertIs(source, target.get("datasource"));
        assertThat(names.add(target.get("refId").asString())).as("refId in %s", panel).isTrue();
      }
    }
  }

  private static void assertIs(Map<String, Object> source, JsonNode reference) {
    assertThat(reference.get("uid").asString()).isEqualTo(source.get("uid"));
    assertThat(reference.get("type").asString()).isEqualTo(source.get("type"));
  }
}
