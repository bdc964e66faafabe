package io.distri.cli;

import io.distri.peer.PeerApplication;
import io.distri.peer.vault.PeerStartException;
import io.distri.protocol.HostPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A peer in this process. */
final class PeerProgram {

  private PeerProgram() {}

  /**
   * Starts the peer and waits until its page is there. Where it does not start, the reason is
   * printed.
   *
   * @param ips the peer's own address, then those of nodes
   * @param properties arguments of the form {@code --name=value}, which override all else
   * @return empty where it did not start
   */
  static Optional<ConfigurableApplicationContext> start(
      String identifier,
      List<HostPort> ips,
      HostPort web,
      Path directory,
      List<String> properties) {
    SpringApplication application = new SpringApplication(PeerApplication.class);
    application.setDefaultProperties(
        Map.of(
            // What these would log of a failed start is told in a line.
            "logging.level.org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter",
            "OFF",
            "logging.level.org.springframework.boot.SpringApplication",
            "OFF",
            "logging.level.org.springframework.boot.web.server.servlet.context",
            "ERROR"));
    String nodes = ips.stream().skip(1).map(HostPort::toString).collect(Collectors.joining(","));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--distri.peer.identifier=" + identifier,
                "--distri.peer.address=" + ips.get(0),
                "--distri.peer.web.address=" + web,
                "--distri.peer.dir=" + directory,
                "--distri.client.nodes=" + nodes));
    arguments.addAll(properties);
    try {
      return Optional.of(application.run(arguments.toArray(String[]::new)));
    } catch (RuntimeException e) {
      ownWords(e).ifPresent(System.err::println);
      return Optional.empty();
    }
  }

  /**
   * What the peer itself said; other failures are told by {@link FailureSentence}, or by Spring.
   */
  private static Optional<String> ownWords(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    StackTraceElement[] trace = root.getStackTrace();
    boolean own =
        !(root instanceof PeerStartException)
            && trace.length > 0
            && trace[0].getClassName().startsWith("io.distri.peer");
    return own ? Optional.ofNullable(root.getMessage()) : Optional.empty();
  }
}
