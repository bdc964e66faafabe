package io.distri.cli;

import io.distri.cli.loadtest.Kind;
import io.distri.cli.loadtest.LoadTest;
import io.distri.cli.loadtest.Plan;
import io.distri.cli.local.Home;
import io.distri.protocol.HostPort;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts load on a cluster and measures. */
@Command(
    name = "load-test",
    mixinStandardHelpOptions = true,
    description = {
      "Starts nodes as processes on this machine, puts load on them and ends them.",
      "Writes DIR/encrypt.csv or DIR/db.csv, a row for each test, and charts.",
      "A client does its tasks one after the other. All clients of a test share one DistriClient,"
          + " as the threads of one program would; calls beyond its 256 in flight wait in line, and"
          + " their wait counts."
    })
final class LoadTestCommand implements Callable<Integer> {

  /** More processes than this overwhelm any machine that this command is meant for. */
  private static final int MOST_SERVERS = 50;

  /** Virtual threads are cheap; the image that each of them waits for is not. */
  private static final int MOST_CLIENTS = 100_000;

  private static final int MOST_TASKS = 1_000_000;

  private final Home home;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "encrypt|db", description = "Which of the original's two tests.")
  private Kind kind;

  @Option(
      names = "--servers",
      split = ",",
      paramLabel = "N",
      description = "How many nodes to start, or several counts: 1,3,7. Without it: 1 to 7.")
  private @Nullable List<Integer> servers;

  @Option(
      names = "--clients",
      split = ",",
      paramLabel = "N",
      description = "How many clients, or several counts. Without it: the original's, 5 to 2500.")
  private @Nullable List<Integer> clients;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "How many tasks each client does. Without it: 10 of encrypt, 1 of db.")
  private @Nullable Integer tasks;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "load-test",
      description = "Where to write the results. Without it: ${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--ips",
      split = ",",
      paramLabel = "HOST:PORT",
      converter = AddressConverter.class,
      description = "Nodes that are there, in place of --servers.")
  private @Nullable List<HostPort> ips;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  LoadTestCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    if (ips != null && servers != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--servers starts nodes and --ips names nodes that are there: choose.");
    }
    Plan plan =
        new Plan(
            kind,
            between(1, MOST_SERVERS, "--servers", servers, Plan.ORIGINAL_SERVERS),
            between(1, MOST_CLIENTS, "--clients", clients, Plan.ORIGINAL_CLIENTS),
            tasks(),
            out);
    String recipient = home.ageIdentity().recipient().toString();
    LoadTest test = new LoadTest(plan, recipient, spec.commandLine().getOut());
    return (ips == null ? test.onOwnNodes() : test.onNodes(ips)) ? 0 : 1;
  }

  private int tasks() {
    Integer given = tasks;
    return given == null
        ? kind.tasks()
        : between(1, MOST_TASKS, "--tasks", List.of(given), List.of()).get(0);
  }

  private List<Integer> between(
      int least, int most, String option, @Nullable List<Integer> given, List<Integer> other) {
    if (given == null) {
      return other;
    }
    for (int count : given) {
      if (count < least || count > most) {
        throw new ParameterException(
            spec.commandLine(),
            "%s is %d: it must be between %d and %d.".formatted(option, count, least, most));
      }
    }
    return given;
  }
}
