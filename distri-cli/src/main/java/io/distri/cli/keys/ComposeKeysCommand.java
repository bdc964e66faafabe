package io.distri.cli.keys;

import io.distri.cli.terminal.Failure;
import io.distri.node.security.ClusterSecret;
import io.distri.protocol.DurableFile;
import io.distri.protocol.image.AgeIdentityFile;
import io.distri.protocol.image.AgeRecipient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Makes the keys of the containers of {@code docker-compose.yml}, where they are missing, and gives
 * each container its own, in a directory that no other container sees. A node gets the cluster's
 * secret and the recipient of the Encrypt service, a certified one also its key and certificate; a
 * peer gets the token that its page asks for. The Encrypt service's key and the tokens of the pages
 * are for the person at this machine, in a directory of theirs.
 */
@Command(
    name = "compose-keys",
    hidden = true,
    description = "Makes the keys of the containers of docker-compose.yml.")
public final class ComposeKeysCommand implements Callable<Integer> {
  /** The user that the containers run as. */
  private static final int CONTAINER_USER = 1000;

  private static final int TOKEN_BYTES = 24;

  @Parameters(index = "0", paramLabel = "KEYS", description = "Where keys are kept.")
  private Path keys;

  @Parameters(index = "1", paramLabel = "PERSON", description = "The directory for the person.")
  private Path person;

  @Option(names = "--node", paramLabel = "DIR", description = "For the keys of a node.")
  private List<Path> nodes = List.of();

  @Option(
      names = "--certified",
      paramLabel = "DIR",
      description = "For the keys of a node that gets a certificate, of the directory's name.")
  private List<Path> certified = List.of();

  @Option(names = "--peer", paramLabel = "DIR", description = "For the keys of a peer.")
  private List<Path> peers = List.of();

  @SuppressWarnings("NullAway.Init") // picocli sets the parameters
  public ComposeKeysCommand() {}

  @Override
  public Integer call() {
    try {
      make();
    } catch (IOException e) {
      throw Failure.of("The keys can't be made", e);
    }
    return 0;
  }

  private void make() throws IOException {
    Path secret = keys.resolve("cluster-secret");
    ClusterSecret.of(secret, List.of());
    Path identity = person.resolve("age-identity.txt");
    AgeRecipient recipient = AgeIdentityFile.loadOrCreate(identity).recipient();
    giveToPerson(identity);
    for (Path node : Stream.concat(nodes.stream(), certified.stream()).toList()) {
      DurableFile.replace(node.resolve("cluster-secret"), Files.readAllBytes(secret));
      DurableFile.replace(
          node.resolve("config").resolve("distri.node.encrypt.recipients"),
          recipient.toString().getBytes(StandardCharsets.US_ASCII));
      giveToContainer(node);
    }
    certify();
    for (Path peer : peers) {
      DurableFile.replace(peer.resolve("distri.peer.web.token"), pageToken(name(peer)));
      giveToContainer(peer);
    }
  }

  private void certify() throws IOException {
    if (certified.isEmpty()) {
      return;
    }
    Path made = keys.resolve("tls");
    NodeCertificates.make(made, certified.stream().map(ComposeKeysCommand::name).toList());
    for (Path node : certified) {
      Path own = node.resolve("tls");
      DurableFile.replace(own.resolve("ca.crt"), Files.readAllBytes(made.resolve("ca.crt")));
      for (String part : List.of(".crt", ".key")) {
        byte[] bytes = Files.readAllBytes(made.resolve(name(node) + part));
        DurableFile.replace(own.resolve("node" + part), bytes);
      }
      giveToContainer(node);
    }
  }

  private static String name(Path directory) {
    return directory.getFileName().toString();
  }

  private byte[] pageToken(String peer) throws IOException {
    Path file = person.resolve(peer + "-page-token");
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(token) + "\n";
    DurableFile.create(file, text.getBytes(StandardCharsets.US_ASCII));
    giveToPerson(file);
    return Files.readString(file).strip().getBytes(StandardCharsets.US_ASCII);
  }

  private void giveToPerson(Path file) throws IOException {
    Files.setAttribute(file, "unix:uid", Files.getAttribute(person, "unix:uid"));
  }

  private static void giveToContainer(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        Files.setAttribute(file, "unix:uid", CONTAINER_USER);
      }
    }
  }
}
