package io.distri.cli;

import io.distri.cli.loadtest.ClosedLoop;
import io.distri.cli.loadtest.Kind;
import io.distri.cli.loadtest.Load;
import io.distri.cli.loadtest.LoadTest;
import io.distri.cli.loadtest.OpenLoop;
import io.distri.cli.loadtest.Plan;
import io.distri.cli.local.Home;
import io.distri.cli.local.StartTraining;
import io.distri.cli.terminal.AddressConverter;
import io.distri.protocol.HostPort;
import java.nio.file.Path;
import java.time.Duration;
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
      "Closed loop: a client does its tasks one after the other. Writes DIR/encrypt.csv or"
          + " DIR/db.csv, a row for each test, and DIR/encrypt.html or DIR/db.html: charts, with"
          + " the original's figures beside them.",
      "Open loop (--rate): calls become due whatever becomes of those before them, and times count"
          + " from then on. Writes DIR/encrypt-rate-N.csv and .hgrm, the percentiles for"
          + " HdrHistogram's plotters.",
      "All clients of a test share one DistriClient, as the threads of one program would; calls"
          + " beyond its 256 in flight wait in line, and their wait counts."
    })
final class LoadTestCommand implements Callable<Integer> {

  /** More processes than this overwhelm any machine that this command is meant for. */
  private static final int MOST_SERVERS = 50;

  /** Virtual threads are cheap; the image that each of them waits for is not. */
  private static final int MOST_CLIENTS = 100_000;

  private static final int MOST_TASKS = 1_000_000;

  /** Far above what one client process can send. */
  private static final int MOST_CALLS_A_SECOND = 100_000;

  private static final Duration LONGEST = Duration.ofHours(1);

  /** The fewest with which a cluster outlives a node. */
  private static final int SERVERS_OF_A_RATE = 3;

  /** The original's most. */
  private static final int CLIENTS_OF_A_RATE = 2500;

  private final Home home;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "encrypt|db", description = "Which of the original's two tests.")
  private Kind kind;

  @Option(
      names = "--servers",
      split = ",",
      paramLabel = "N",
      description =
          "How many nodes to start, or several counts: 1,3,7. Without it: 1 to 7; with --rate 3.")
  private @Nullable List<Integer> servers;

  @Option(
      names = "--clients",
      split = ",",
      paramLabel = "N",
      description =
          "How many clients, or several counts. Without it: the original's, 5 to 2500. With --rate:"
              + " the most calls under way at one time; without it 2500.")
  private @Nullable List<Integer> clients;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "How many tasks each client does. Without it: 10 of encrypt, 1 of db.")
  private @Nullable Integer tasks;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Open loop: calls a second, over all clients.")
  private @Nullable Integer rate;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long calls become due at the rate, such as 45s or 5m. Without it: 30s.")
  private @Nullable Duration duration;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "Calls for each node before its first test, which don't count. Without it:"
              + " ${DEFAULT-VALUE}.")
  private int warmUp;

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
      throw mistake("--servers starts nodes and --ips names nodes that are there: choose.");
    }
    Plan plan = rate == null ? closedLoop() : openLoop(rate);
    String recipient = home.ageIdentity().recipient().toString();
    String command =
        "./distri " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    LoadTest test = new LoadTest(plan, recipient, command, spec.commandLine().getOut());
    boolean clean = ips == null ? test.onOwnNodes() : test.onNodes(ips);
    StartTraining.run(spec.commandLine().getErr());
    return clean ? 0 : 1;
  }

  private Plan closedLoop() {
    if (duration != null) {
      throw mistake("--duration is for --rate; --tasks says how much each client does.");
    }
    int count = tasks == null ? kind.tasks() : tasks;
    between(1, MOST_TASKS, "--tasks", List.of(count));
    return plan(new ClosedLoop(count), Plan.ORIGINAL_SERVERS, Plan.ORIGINAL_CLIENTS);
  }

  private Plan openLoop(int rate) {
    if (tasks != null) {
      throw mistake("--rate sends calls for a --duration, --tasks a number of them: choose.");
    }
    requireOne("--servers", servers);
    requireOne("--clients", clients);
    between(1, MOST_CALLS_A_SECOND, "--rate", List.of(rate));
    Duration time = duration == null ? OpenLoop.USUAL_DURATION : duration;
    if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(LONGEST) > 0) {
      throw mistake("--duration must be between 1s and " + LONGEST.toHours() + "h.");
    }
    return plan(new OpenLoop(rate, time), List.of(SERVERS_OF_A_RATE), List.of(CLIENTS_OF_A_RATE));
  }

  private Plan plan(Load load, List<Integer> usualServers, List<Integer> usualClients) {
    between(0, MOST_TASKS, "--warm-up", List.of(warmUp));
    return new Plan(
        kind,
        between(1, MOST_SERVERS, "--servers", servers == null ? usualServers : servers),
        between(1, MOST_CLIENTS, "--clients", clients == null ? usualClients : clients),
        load,
        warmUp,
        out);
  }

  private void requireOne(String option, @Nullable List<Integer> counts) {
    if (counts != null && counts.size() != 1) {
      throw mistake("With --rate there is one test: give " + option + " one number.");
    }
  }

  private List<Integer> between(int least, int most, String option, List<Integer> counts) {
    for (int count : counts) {
      if (count < least || count > most) {
        throw mistake(
            "%s is %s: it must be between %s and %s.".formatted(option, count, least, most));
      }
    }
    return counts;
  }

  private ParameterException mistake(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
