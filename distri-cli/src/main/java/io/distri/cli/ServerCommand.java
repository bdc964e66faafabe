package io.distri.cli;

import io.distri.cli.local.Home;
import io.distri.cli.local.StartTraining;
import io.distri.cli.terminal.AddressConverter;
import io.distri.node.local.LocalNode;
import io.distri.protocol.HostPort;
import io.distri.protocol.identity.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Runs a node in this process until it is told to stop. */
@Command(
    name = "server",
    mixinStandardHelpOptions = true,
    description = "Runs a node until Ctrl-C.",
    footer = {
      "",
      "Every property of a node can follow as an argument, --distri.node.db.write-ack=all, or stand"
          + " in the environment, DISTRI_NODE_DB_WRITEACK=all."
    })
final class ServerCommand implements Callable<Integer> {

  private static final Pattern PROPERTY =
      Pattern.compile("--[A-Za-z][\\w-]*(\\.[\\w\\[\\]-]+)+=.*");

  /** As much of an id as people tell nodes apart by. */
  private static final int SHORT_ID = 12;

  private final Home home;

  @Spec private CommandSpec spec;

  @Option(
      names = "--ips",
      required = true,
      split = ",",
      paramLabel = "HOST:PORT",
      converter = AddressConverter.class,
      description = "This node's own address, then those of other nodes.")
  private List<HostPort> ips;

  @Option(
      names = "--show-id",
      description = "Prints the node's id, to be whitelisted elsewhere, and ends.")
  private boolean showId;

  @Option(names = "--stop-at-end-of-input", hidden = true)
  private boolean stopAtEndOfInput;

  @Unmatched private @Nullable List<String> properties;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  ServerCommand(Home home) {
    this.home = home;
  }

  @Override
  public Integer call() throws InterruptedException {
    requireProperties();
    if (showId) {
      String id = Identity.loadOrCreate(home.identityDirectory(ips.get(0))).id();
      spec.commandLine().getOut().println(id);
      return 0;
    }
    if (stopAtEndOfInput) {
      Thread.ofPlatform().daemon().name("end-of-input").start(ServerCommand::exitAtEndOfInput);
    }
    Optional<ConfigurableApplicationContext> node = NodeProgram.start(home, ips, properties());
    if (node.isEmpty()) {
      return 1;
    }
    CountDownLatch closed = new CountDownLatch(1);
    node.get()
        .addApplicationListener(
            (ApplicationListener<ContextClosedEvent>) event -> closed.countDown());
    announce(node.get().getBean(LocalNode.class));
    StartTraining.inBackground();
    closed.await();
    return 0;
  }

  private void announce(LocalNode node) {
    spec.commandLine()
        .getOut()
        .printf(
            "Node %s is up: http://%s (Ctrl-C stops it)%n",
            node.id().substring(0, SHORT_ID), node.publicAddress());
  }

  private void requireProperties() {
    for (String argument : properties()) {
      if (!PROPERTY.matcher(argument).matches()) {
        throw new ParameterException(
            spec.commandLine(),
            "Unknown argument '%s': a property is written --distri.node.name=value."
                .formatted(argument));
      }
    }
  }

  private List<String> properties() {
    return properties == null ? List.of() : properties;
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
