package io.distri.cli;

import io.distri.cli.demo.Demo;
import io.distri.cli.local.Home;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what Distri does. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts three nodes and two peers on this machine and plays a tour on them: a photo sealed"
          + " and opened, documents shared, a node killed and revived, a photo shown to a peer once,"
          + " everybody's stats.",
      "Then serves a page on which you may break nodes yourself, until Ctrl-C."
    })
final class DemoCommand implements Callable<Integer> {

  private final Home home;

  @Spec private CommandSpec spec;

  @Option(names = "--once", description = "Ends after the tour.")
  private boolean once;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  DemoCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    return new Demo(home, spec.commandLine().getOut()).run(once) ? 0 : 1;
  }
}
