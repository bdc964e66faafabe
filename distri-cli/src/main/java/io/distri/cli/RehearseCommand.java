package io.distri.cli;

import io.distri.cli.loadtest.Kind;
import io.distri.cli.loadtest.LoadTest;
import io.distri.cli.local.FreePorts;
import io.distri.cli.local.Home;
import io.distri.cli.terminal.Failure;
import io.distri.protocol.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;

/**
 * Starts two nodes that join each other, calls them and stops them. The launcher has the JVM watch,
 * and keep what it loaded and linked on the way for faster starts (the AOT cache of Java 25).
 */
@Command(
    name = "rehearse",
    hidden = true,
    description = "Starts two nodes, calls them and stops them.")
final class RehearseCommand implements Callable<Integer> {

  /** Seals for each node: with one in all, 2500 clients of young nodes waited 1.4 times as long. */
  private static final int IMAGES = 2000;

  private static final int DOCUMENT_CALLS = 1000;

  @Override
  public Integer call() {
    Home home = home();
    List<ConfigurableApplicationContext> nodes = new ArrayList<>();
    try {
      List<HostPort> addresses = FreePorts.anywhere(2);
      for (HostPort own : addresses) {
        List<HostPort> ips = List.of(own, addresses.get(0), addresses.get(1));
        NodeProgram.start(home, ips, List.of()).ifPresent(nodes::add);
      }
      if (nodes.size() < addresses.size()) {
        return 1;
      }
      call(addresses, home);
      return 0;
    } finally {
      nodes.forEach(ConfigurableApplicationContext::close);
      home.delete();
    }
  }

  private static Home home() {
    try {
      return new Home(Files.createTempDirectory("distri-rehearsal"));
    } catch (IOException e) {
      throw Failure.of("There is no place for a rehearsal", e);
    }
  }

  /** What is called often enough is compiled sooner where the JVM saw it compiled before. */
  private static void call(List<HostPort> addresses, Home home) {
    String recipient = home.ageIdentity().recipient().toString();
    LoadTest.warmUp(Kind.ENCRYPT, addresses, recipient, IMAGES);
    LoadTest.warmUp(Kind.DB, addresses, recipient, DOCUMENT_CALLS);
    LoadTest.awaitRest();
  }
}
