package io.distri.client;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** Tests with two nodes that answer as they are told. */
abstract class TwoScriptedNodes {

  final ScriptedNode a = ScriptedNode.start("a");
  final ScriptedNode b = ScriptedNode.start("b");

  @AfterEach
  void stop() {
    Stream.of(a, b).forEach(ScriptedNode::close);
  }

  DistriClientBuilder clientOfA() {
    return DistriClient.builder().nodes("http://" + a.address());
  }

  DistriClientBuilder clientOfBoth() {
    return DistriClient.builder().nodes(a.address().toString(), b.address().toString());
  }
}
