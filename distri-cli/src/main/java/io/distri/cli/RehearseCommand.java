package io.distri.cli;

import io.distri.cli.local.FreePorts;
import io.distri.cli.local.Home;
import io.distri.cli.local.SampleImage;
import io.distri.cli.terminal.Failure;
import io.distri.client.DistriClient;
import io.distri.protocol.HostPort;
import io.distri.protocol.ServiceNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;

/**
 * Starts a node, calls it and stops it. The launcher has the JVM watch, and keep what it loaded and
 * linked on the way for faster starts (the AOT cache of Java 25).
 */
@Command(name = "rehearse", hidden = true, description = "Starts a node, calls it and stops it.")
final class RehearseCommand implements Callable<Integer> {

  private static final String COLLECTION = "catalog";

  @Override
  public Integer call() {
    Home home = home();
    try {
      List<HostPort> address = FreePorts.anywhere(1);
      Optional<ConfigurableApplicationContext> node = NodeProgram.start(home, address, List.of());
      node.ifPresent(running -> callThenStop(running, address.get(0), home));
      return node.isPresent() ? 0 : 1;
    } finally {
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

  private static void callThenStop(
      ConfigurableApplicationContext node, HostPort address, Home home) {
    try (node;
        DistriClient client = DistriClient.builder().nodes(address.toString()).build()) {
      String recipient = home.ageIdentity().recipient().toString();
      client.sendDataWithParams(SampleImage.bytes(), ServiceNames.ENCRYPT, recipient);
      byte[] document = "{\"name\":\"rehearsal\"}".getBytes(StandardCharsets.UTF_8);
      client.sendDataWithParams(document, ServiceNames.ADD_DOCUMENT, COLLECTION);
      client.sendDataWithParams(new byte[0], ServiceNames.READ_COLLECTION, COLLECTION);
      client.collectStats();
    }
  }
}
