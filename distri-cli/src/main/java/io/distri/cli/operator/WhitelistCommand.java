package io.distri.cli.operator;

import io.distri.cli.local.Home;
import io.distri.node.admin.AdminMessages;
import io.distri.node.admin.AdminMessages.Decision;
import io.distri.node.admin.AdminMessages.Keys;
import io.distri.node.security.Role;
import io.distri.node.security.TrustEntry;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes and prints the keys that are good on the internal port. */
@Command(
    name = "whitelist",
    mixinStandardHelpOptions = true,
    description = {
      "Puts a key on the cluster's list, takes it off, or prints the list.",
      "All nodes share what is decided, and keep it over restarts."
    })
public final class WhitelistCommand implements Callable<Integer> {

  /** What can be done with the list. */
  enum Action {
    ADD,
    REMOVE,
    LIST
  }

  private final Home home;

  @Spec private CommandSpec spec;

  @Mixin private AskedNode node;

  @Parameters(index = "0", paramLabel = "add|remove|list")
  private Action action;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "A node's or operator's id; a node prints its own with server --show-id.")
  private @Nullable String id;

  @Option(
      names = "--role",
      paramLabel = "node|operator",
      defaultValue = "node",
      description = "What an added key is good for. Without it: ${DEFAULT-VALUE}.")
  private Role role;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  public WhitelistCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    if ((id == null) != (action == Action.LIST)) {
      throw new ParameterException(
          spec.commandLine(),
          action == Action.LIST ? "list takes no ID." : "Which key? Give its ID.");
    }
    Decision decision = new Decision(id, action == Action.ADD ? role : null);
    Keys keys =
        new Operator(home).order(node.address(), AdminMessages.WHITELIST, decision, Keys.class);
    for (TrustEntry key : keys.keys()) {
      String good = key.role() == Role.OPERATOR ? "operator" : "node";
      spec.commandLine().getOut().println(key.keyId() + "  " + good);
    }
    return 0;
  }
}
