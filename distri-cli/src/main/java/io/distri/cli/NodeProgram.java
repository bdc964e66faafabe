package io.distri.cli;

import io.distri.cli.local.Home;
import io.distri.node.CloudNodeApplication;
import io.distri.protocol.HostPort;
import io.distri.protocol.identity.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A node in this process, with what it needs in this machine's home directory. */
final class NodeProgram {

  private static final String ADDRESS = "--distri.node.address=";
  private static final String NODES = "--distri.node.nodes=";

  private NodeProgram() {}

  /**
   * Starts the node and waits until it serves. Where it does not start, the reason is printed: by
   * {@link FailureSentence} where Spring knows it, else in Spring's log.
   *
   * @param ips the node's own address, then those of others
   * @param properties arguments of the form {@code --name=value}, which override all else
   * @return empty where it did not start
   */
  static Optional<ConfigurableApplicationContext> start(
      Home home, List<HostPort> ips, List<String> properties) {
    SpringApplication application = new SpringApplication(CloudNodeApplication.class);
    application.setDefaultProperties(defaults(home, ips.get(0)));
    try {
      return Optional.of(application.run(arguments(ips, properties)));
    } catch (RuntimeException told) {
      return Optional.empty();
    }
  }

  /** What stands in for properties that neither an argument nor the environment sets. */
  private static Map<String, Object> defaults(Home home, HostPort own) {
    return Map.of(
        "distri.node.identity.dir",
        home.identityDirectory(own).toString(),
        "distri.node.cluster.secret-file",
        home.clusterSecret().toString(),
        "distri.node.whitelist.operators",
        Identity.loadOrCreate(home.operatorDirectory()).id(),
        "distri.node.encrypt.recipients",
        home.ageIdentity().recipient().toString(),
        // A node has no templates and calls no cluster: what the peer and the client, on the same
        // class path, bring along would look for both, and the client's health would be the node's.
        "spring.autoconfigure.exclude",
        "org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration,"
            + "io.distri.client.autoconfigure.DistriClientAutoConfiguration",
        // What these would log of a failed start, FailureSentence tells in a line.
        "logging.level.org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter",
        "OFF",
        "logging.level.org.springframework.boot.web.server.servlet.context",
        "ERROR");
  }

  private static String[] arguments(List<HostPort> ips, List<String> properties) {
    List<String> arguments = new ArrayList<>(properties);
    addUnlessGiven(arguments, ADDRESS, ips.get(0).toString());
    String others =
        ips.stream().skip(1).distinct().map(HostPort::toString).collect(Collectors.joining(","));
    addUnlessGiven(arguments, NODES, others);
    return arguments.toArray(String[]::new);
  }

  /** Spring would make a list of a property that is given twice. */
  private static void addUnlessGiven(List<String> arguments, String option, String value) {
    if (arguments.stream().noneMatch(argument -> argument.startsWith(option))) {
      arguments.add(option + value);
    }
  }
}
