package io.distri.cli.demo;

import io.distri.client.NodeAnswer;
import java.io.PrintWriter;
import java.util.List;

/** The guided tour: each part does something real on the nodes and tells what came of it. */
final class Tour {

  private final Stage stage;
  private final Narrator narrator;

  Tour(Stage stage, PrintWriter out) {
    this.stage = stage;
    this.narrator = new Narrator(out);
  }

  /** Plays all parts. Returns whether everything held. */
  boolean play() {
    new SealedPhoto(stage, narrator).play();
    new SharedDocuments(stage, narrator).play();
    new KilledNode(stage, narrator).play();
    new SharedPicture(stage, narrator).play();
    stats();
    return narrator.report();
  }

  private void stats() {
    narrator.part("5. The stats of every node, as the nodes themselves counted.");
    List<NodeAnswer> answers = stage.client().askStats();
    long answered = 0;
    for (NodeAnswer answer : answers) {
      switch (answer) {
        case NodeAnswer.Answered node -> {
          answered++;
          narrator.say("");
          narrator.say(node.address() + ": ");
          node.stats().report().lines().forEach(narrator::say);
        }
        case NodeAnswer.Silent node -> narrator.say(node.address() + ": " + node.reason());
      }
    }
    narrator.found(
        answered == stage.cluster().size(),
        "%s of %s nodes told their stats.".formatted(answered, stage.cluster().size()));
  }
}
