package io.distri.cli.operator;

import io.distri.cli.local.Home;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Has a node leave its cluster. */
@Command(
    name = "leave",
    mixinStandardHelpOptions = true,
    description = {
      "Has a node leave its cluster: it finishes what runs, hands its writes over, gives up its"
          + " vote and ends.",
      "A node that is merely stopped is waited for, and keeps its vote."
    })
public final class LeaveCommand implements Callable<Integer> {

  private final Home home;

  @Spec private CommandSpec spec;

  @Mixin private AskedNode node;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  public LeaveCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    new Operator(home).leave(node.address());
    spec.commandLine().getOut().println("Node " + node.address() + " leaves.");
    return 0;
  }
}
