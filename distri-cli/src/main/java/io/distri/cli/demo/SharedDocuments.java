package io.distri.cli.demo;

import io.distri.cli.local.NodeEndpoint;
import io.distri.cli.terminal.Failure;
import io.distri.protocol.ServiceNames;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A part of the tour: documents are added on one node and read on the others. */
final class SharedDocuments {

  private static final int COUNT = 20;

  private static final String COLLECTION = "catalog";

  private final Stage stage;
  private final Narrator narrator;

  SharedDocuments(Stage stage, Narrator narrator) {
    this.stage = stage;
    this.narrator = narrator;
  }

  void play() {
    narrator.part("2. Documents are added on one node and read on the others.");
    List<NodeEndpoint> nodes = stage.cluster().endpoints();
    NodeEndpoint first = nodes.get(0);
    Set<String> added = add(first);
    narrator.say("%s documents were added on %s.".formatted(added.size(), first.address()));
    long start = System.nanoTime();
    for (NodeEndpoint other : nodes.subList(1, nodes.size())) {
      boolean there =
          narrator.waited(
              other.address() + " to have them",
              () -> Documents.count(other, COLLECTION, added),
              added.size());
      long ms = (System.nanoTime() - start) / 1_000_000;
      narrator.found(
          there,
          there
              ? "%s has all %s of them, read %s ms after the last was acknowledged."
                  .formatted(other.address(), added.size(), ms)
              : "%s does not have all %s of them.".formatted(other.address(), added.size()));
    }
  }

  private static Set<String> add(NodeEndpoint node) {
    Set<String> uuids = new HashSet<>();
    try {
      for (int number = 1; number <= COUNT; number++) {
        byte[] document = Documents.json(Map.of("name", "photo " + number, "likes", number));
        uuids.add(Documents.text(node.call(ServiceNames.ADD_DOCUMENT, COLLECTION, document)));
      }
    } catch (IOException e) {
      throw Failure.of("A document can't be added", e);
    }
    return uuids;
  }
}
