package io.distri.cli.keys;

import io.distri.cli.terminal.Failure;
import io.distri.node.security.ClusterSecret;
import io.distri.protocol.identity.PrivateFile;
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
import picocli.CommandLine.Parameters;

/**
 * Makes the keys that the containers of {@code docker-compose.yml} share, where they are missing:
 * the cluster's secret, an age key for the Encrypt service, whose recipient the nodes get, and the
 * token that the pages of peers ask for. Key and token are for the person at this machine, in a
 * directory of theirs. For nodes that are named it also makes keys and certificates.
 */
@Command(
    name = "compose-keys",
    hidden = true,
    description = "Makes the keys that the containers of docker-compose.yml share.")
public final class ComposeKeysCommand implements Callable<Integer> {
  /** The user that the containers run as. */
  private static final int CONTAINER_USER = 1000;

  private static final int TOKEN_BYTES = 24;

  @Parameters(index = "0", paramLabel = "KEYS", description = "The directory for containers.")
  private Path keys;

  @Parameters(index = "1", paramLabel = "PERSON", description = "The directory for the person.")
  private Path person;

  @Parameters(index = "2..*", paramLabel = "NODE", description = "Nodes that get certificates.")
  private List<String> certified = List.of();

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
    ClusterSecret.of(keys.resolve("cluster-secret"), List.of());
    Path identity = person.resolve("age-identity.txt");
    AgeRecipient recipient = AgeIdentityFile.loadOrCreate(identity).recipient();
    giveToPerson(identity);
    Path forNodes = Files.createDirectories(keys.resolve("config"));
    Files.writeString(forNodes.resolve("distri.node.encrypt.recipients"), recipient.toString());
    Path forPeers = Files.createDirectories(keys.resolve("peers"));
    Files.writeString(forPeers.resolve("distri.peer.web.token"), pageToken());
    if (!certified.isEmpty()) {
      NodeCertificates.make(keys.resolve("tls"), certified);
    }
    try (Stream<Path> files = Files.walk(keys)) {
      for (Path file : files.toList()) {
        Files.setAttribute(file, "unix:uid", CONTAINER_USER);
      }
    }
  }

  private String pageToken() throws IOException {
    Path file = person.resolve("peer-page-token");
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(token) + "\n";
    PrivateFile.create(file, text.getBytes(StandardCharsets.US_ASCII));
    giveToPerson(file);
    return Files.readString(file).strip();
  }

  private void giveToPerson(Path file) throws IOException {
    Files.setAttribute(file, "unix:uid", Files.getAttribute(person, "unix:uid"));
  }
}
