package io.distri.cli.operator;

import io.distri.cli.local.Home;
import io.distri.node.admin.AdminMessages;
import io.distri.node.admin.AdminMessages.Decision;
import io.distri.node.admin.AdminMessages.Keys;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shuts a node out for good. */
@Command(
    name = "evict",
    mixinStandardHelpOptions = true,
    description = {
      "Shuts a node out of its cluster for good: nothing brings its key back, and it has no vote.",
      "For a node that is lost or not to be trusted; one that runs well leaves by itself (leave)."
    })
public final class EvictCommand implements Callable<Integer> {

  private final Home home;

  @Spec private CommandSpec spec;

  @Mixin private AskedNode node;

  @Parameters(paramLabel = "ID", description = "The node's id, as ./distri nodes prints it.")
  private String id;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  public EvictCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    new Operator(home)
        .order(node.address(), AdminMessages.EVICT, new Decision(id, null), Keys.class);
    spec.commandLine().getOut().println("Evicted " + id);
    return 0;
  }
}
