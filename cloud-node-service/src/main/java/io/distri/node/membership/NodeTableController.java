package io.distri.node.membership;

import io.distri.protocol.NodeRecord;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells clients the node table. */
@RestController
final class NodeTableController {
  private final ClusterTable table;

  NodeTableController(ClusterTable table) {
    this.table = table;
  }

  @GetMapping(path = "/nodes", produces = MediaType.APPLICATION_JSON_VALUE)
  List<NodeRecord> nodes() {
    return table.records();
  }
}
