package io.distri.node.membership;

import io.distri.protocol.NodeRecord;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells clients the node table. */
@RestController
final class NodeTableController {
  private final ClusterTable table;

  NodeTableController(ClusterTable table) {
    this.table = table;
  }

  @Operation(summary = "The node table, the answering node first")
  @GetMapping("/nodes")
  List<NodeRecord> nodes() {
    return table.records();
  }
}
