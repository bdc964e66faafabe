package io.distri.cli;

import io.distri.cli.terminal.Failure;
import io.distri.client.DistriClient;
import io.distri.client.NodeAnswer;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what every node of a cluster counted. */
@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    description = "Asks every node of a cluster for its stats.")
final class StatsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ClusterOption cluster;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  StatsCommand() {}

  @Override
  public Integer call() {
    try (DistriClient client = cluster.client()) {
      return print(reachable(client), spec.commandLine().getOut());
    }
  }

  /**
   * What every node answers, or fails to.
   *
   * @throws Failure where none answers
   */
  static List<NodeAnswer> reachable(DistriClient client) {
    List<NodeAnswer> answers = client.askStats();
    if (answers.stream().noneMatch(NodeAnswer.Answered.class::isInstance)) {
      throw new Failure(
          "No node can be reached: "
              + String.join("; ", answers.stream().map(StatsCommand::line).toList())
              + ".");
    }
    return answers;
  }

  /** Prints the answers; 1 where a node did not answer. */
  static int print(List<NodeAnswer> answers, PrintWriter out) {
    int code = 0;
    for (NodeAnswer answer : answers) {
      switch (answer) {
        case NodeAnswer.Answered answered ->
            out.println(
                "Received response from " + answer.address() + ": " + answered.stats().report());
        case NodeAnswer.Silent silent -> {
          out.println("No response from " + line(silent));
          code = 1;
        }
      }
    }
    return code;
  }

  private static String line(NodeAnswer answer) {
    return switch (answer) {
      case NodeAnswer.Answered answered -> answered.address().toString();
      case NodeAnswer.Silent silent -> silent.address() + ": " + silent.reason();
    };
  }
}
