package io.distri.node.membership;

import io.distri.protocol.NodeRecord;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells clients the node table. */
@RestController
final class NodeTableController {
  private final SelfMember self;
  private final MemberTable members;

  NodeTableController(SelfMember self, MemberTable members) {
    this.self = self;
    this.members = members;
  }

  @Operation(summary = "The node table, the answering node first")
  @GetMapping("/nodes")
  List<NodeRecord> nodes() {
    return Stream.concat(Stream.of(self.now()), members.members().stream())
        .map(Member::toRecord)
        .toList();
  }
}
