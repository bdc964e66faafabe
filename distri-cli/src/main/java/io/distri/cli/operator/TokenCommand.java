package io.distri.cli.operator;

import io.distri.cli.local.Home;
import io.distri.node.admin.AdminMessages;
import io.distri.node.admin.AdminMessages.Token;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has a node make a join token and prints it. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "Has a node make a join token, which lets one new node in: give it that one as"
          + " distri.node.join.token.",
      "Whoever has the token can join, so let nobody else see it."
    })
public final class TokenCommand implements Callable<Integer> {

  /** What can be done with tokens. */
  enum Action {
    CREATE
  }

  private final Home home;

  @Spec private CommandSpec spec;

  @Mixin private AskedNode node;

  @Parameters(paramLabel = "create")
  private Action action;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  public TokenCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    return switch (action) {
      case CREATE -> create();
    };
  }

  private int create() {
    Token token = new Operator(home).ask(node.address(), AdminMessages.TOKEN, Token.class);
    spec.commandLine().getOut().println(token.text());
    spec.commandLine()
        .getErr()
        .println(
            "Good for one node, for %s minutes."
                .formatted(Duration.ofMillis(token.goodForMs()).toMinutes()));
    return 0;
  }
}
