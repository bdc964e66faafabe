package io.distri.cli;

import io.distri.cli.local.Home;
import io.distri.cli.local.PeerEndpoint;
import io.distri.cli.terminal.AddressConverter;
import io.distri.protocol.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Runs a peer in this process until it is told to stop; its subcommands speak to a running one. */
@Command(
    name = "peer",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[COMMAND]",
    description = {
      "Runs a peer until Ctrl-C: it shares the images in its folder with other peers, by request"
          + " and grant. Its page says and does all of it.",
      "With a command it speaks to the peer of that identifier that runs on this machine."
    },
    footer = {
      "",
      "distri peer --identifier alice --ips 127.0.0.1:2000,127.0.0.1:3000",
      "distri peer --identifier alice list"
    })
final class PeerCommand implements Callable<Integer> {

  private static final Pattern PROPERTY =
      Pattern.compile("--[A-Za-z][\\w-]*(\\.[\\w\\[\\]-]+)+=.*");

  /** The page is this far from the port for other peers. */
  private static final int PAGE_OFFSET = 80;

  private final Home home;

  @Spec private CommandSpec spec;

  @Option(
      names = "--identifier",
      required = true,
      paramLabel = "NAME",
      description = "The name of the person, such as alice.")
  private String identifier;

  @Option(
      names = "--ips",
      split = ",",
      paramLabel = "HOST:PORT",
      converter = AddressConverter.class,
      description = "The peer's own address, then those of nodes.")
  private @Nullable List<HostPort> ips;

  @Option(
      names = "--web",
      paramLabel = "HOST:PORT",
      converter = AddressConverter.class,
      description = "Where the page is; by default on this machine only, 80 above the own port.")
  private @Nullable HostPort web;

  @Option(
      names = "--dir",
      paramLabel = "DIRECTORY",
      description = "Where keys and images are kept; by default .distri/peers/NAME.")
  private @Nullable Path directory;

  @Option(names = "--stop-at-end-of-input", hidden = true)
  private boolean stopAtEndOfInput;

  @Unmatched private @Nullable List<String> properties;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  private PeerCommand(Home home) {
    this.home = home;
  }

  /** The command with its subcommands. */
  static CommandLine line(Home home) {
    PeerCommand peer = new PeerCommand(home);
    return new CommandLine(peer)
        .addSubcommand(new PeerListCommand(peer))
        .addSubcommand(PeerErrand.request(peer))
        .addSubcommand(PeerErrand.grant(peer))
        .addSubcommand(PeerErrand.deny(peer))
        .addSubcommand(PeerErrand.change(peer))
        .addSubcommand(new PeerViewCommand(peer))
        .addSubcommand(new PeerAddCommand(peer))
        .addSubcommand(new PeerDeleteCommand(peer));
  }

  /** The running peer that is meant. */
  PeerEndpoint endpoint() {
    return new PeerEndpoint(directory());
  }

  private Path directory() {
    return Objects.requireNonNullElseGet(directory, () -> home.peerDirectory(identifier));
  }

  @Override
  public Integer call() throws InterruptedException {
    List<String> more = properties == null ? List.of() : properties;
    for (String argument : more) {
      if (!PROPERTY.matcher(argument).matches()) {
        throw new ParameterException(
            spec.commandLine(),
            "Unknown argument '%s': a property is written --distri.peer.name=value."
                .formatted(argument));
      }
    }
    if (ips == null || ips.size() < 2) {
      throw new ParameterException(
          spec.commandLine(),
          "To run a peer, --ips names its own address and those of nodes; to speak to a running"
              + " one, name a command such as list.");
    }
    if (stopAtEndOfInput) {
      Thread.ofPlatform().daemon().name("end-of-input").start(PeerCommand::exitAtEndOfInput);
    }
    int pagePort = ips.get(0).port() + PAGE_OFFSET;
    HostPort page = Objects.requireNonNullElseGet(web, () -> new HostPort("127.0.0.1", pagePort));
    Optional<ConfigurableApplicationContext> peer =
        PeerProgram.start(identifier, ips, page, directory(), more);
    if (peer.isEmpty()) {
      return 1;
    }
    CountDownLatch closed = new CountDownLatch(1);
    peer.get()
        .addApplicationListener(
            (ApplicationListener<ContextClosedEvent>) event -> closed.countDown());
    spec.commandLine()
        .getOut()
        .printf("%s is up: http://%s (Ctrl-C stops the peer)%n", identifier, page);
    closed.await();
    return 0;
  }

  /** The process that started this one holds the other end: when it is gone, so is this one. */
  private static void exitAtEndOfInput() {
    try (InputStream in = System.in) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException gone) {
      // As good as the end.
    }
    System.exit(0);
  }
}
