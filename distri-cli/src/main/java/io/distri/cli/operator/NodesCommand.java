package io.distri.cli.operator;

import io.distri.cli.local.Home;
import io.distri.cli.terminal.TextTable;
import io.distri.node.admin.AdminMessages;
import io.distri.node.admin.AdminMessages.Nodes;
import io.distri.node.membership.Member;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the node table of a node. */
@Command(
    name = "nodes",
    mixinStandardHelpOptions = true,
    description = "Prints the node table as a node sees it, itself first.")
public final class NodesCommand implements Callable<Integer> {

  private final Home home;

  @Spec private CommandSpec spec;

  @Mixin private AskedNode node;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  public NodesCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    Nodes answer = new Operator(home).ask(node.address(), AdminMessages.NODES, Nodes.class);
    TextTable table = new TextTable("node", "state", "documents' version", "services", "id");
    for (Member member : answer.nodes()) {
      table.add(
          member.publicAddress().toString(),
          member.state().key(),
          Long.toString(member.dbVersion()),
          Integer.toString(member.services().size()),
          member.id());
    }
    table.lines().forEach(spec.commandLine().getOut()::println);
    return 0;
  }
}
