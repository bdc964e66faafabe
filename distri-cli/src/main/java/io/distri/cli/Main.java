package io.distri.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.distri.cli.backup.BackupCommand;
import io.distri.cli.backup.ExportCommand;
import io.distri.cli.backup.ImportCommand;
import io.distri.cli.backup.RestoreCommand;
import io.distri.cli.keys.ComposeKeysCommand;
import io.distri.cli.local.Home;
import io.distri.cli.operator.EvictCommand;
import io.distri.cli.operator.LeaveCommand;
import io.distri.cli.operator.NodesCommand;
import io.distri.cli.operator.TokenCommand;
import io.distri.cli.operator.WhitelistCommand;
import io.distri.cli.terminal.Failure;
import io.distri.client.DistriException;
import io.distri.node.start.NodeStartException;
import io.distri.protocol.IoReason;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.StringUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: finds the command, runs it, and turns what came of it into an exit code. */
@Command(
    name = "distri",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "A cluster of nodes that seal images and keep documents in step.",
    footer = {
      "",
      "'distri COMMAND --help' tells more. '--mode server|client|peer' is accepted in place of the"
          + " command.",
      "Exit codes: 0 done, 1 something failed, 2 bad usage."
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec
  private Main() {}

  public static void main(String[] args) {
    Charset console = System.out.charset();
    PrintWriter out = new PrintWriter(System.out, true, console);
    PrintWriter err = new PrintWriter(System.err, true, console);
    System.exit(run(Home.ofThisProcess(), List.of(args), out, err));
  }

  /** Runs a command and returns the exit code. */
  static int run(Home home, List<String> args, PrintWriter out, PrintWriter err) {
    quietLibraries();
    return new CommandLine(new Main())
        .addSubcommand(new ServerCommand(home))
        .addSubcommand(new ClientCommand(home))
        .addSubcommand(new StatsCommand())
        .addSubcommand(PeerCommand.line(home))
        .addSubcommand(new KeygenCommand())
        .addSubcommand(new SealCommand(home))
        .addSubcommand(new OpenCommand(home))
        .addSubcommand(new LoadTestCommand(home))
        .addSubcommand(new DemoCommand(home))
        .addSubcommand(new NodesCommand(home))
        .addSubcommand(new TokenCommand(home))
        .addSubcommand(new WhitelistCommand(home))
        .addSubcommand(new LeaveCommand(home))
        .addSubcommand(new EvictCommand(home))
        .addSubcommand(new BackupCommand(home))
        .addSubcommand(new RestoreCommand(home))
        .addSubcommand(new ExportCommand(home))
        .addSubcommand(new ImportCommand(home))
        .addSubcommand(new ComposeKeysCommand())
        .setParameterExceptionHandler((mistake, words) -> explain(mistake))
        .setExecutionExceptionHandler((failure, line, parsed) -> explain(failure, line))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setOut(out)
        .setErr(err)
        .execute(ModeWord.inPlace(args).toArray(String[]::new));
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  private static int explain(ParameterException mistake) {
    CommandLine line = mistake.getCommandLine();
    PrintWriter err = line.getErr();
    err.println(mistake.getMessage());
    UnmatchedArgumentException.printSuggestions(mistake, err);
    err.println("'" + line.getCommandSpec().qualifiedName() + " --help' tells what is allowed.");
    return CommandLine.ExitCode.USAGE;
  }

  private static int explain(Exception failure, CommandLine line) throws Exception {
    if (failure instanceof Failure
        || failure instanceof DistriException
        || failure instanceof NodeStartException) {
      line.getErr().println(failure.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    if (failure instanceof UncheckedIOException file) {
      line.getErr().println(StringUtils.capitalize(IoReason.of(file)) + ".");
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw failure;
  }

  /** The HTTP client's own log is for its developers. A server sets its logging up itself. */
  private static void quietLibraries() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
      logging.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
    }
  }
}
