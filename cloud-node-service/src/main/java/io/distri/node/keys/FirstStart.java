package io.distri.node.keys;

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
import java.util.stream.Stream;

/**
 * Makes what a container cluster shares, where it isn't there: the cluster's secret, an age key for
 * the Encrypt service whose public half the nodes get, and the token that the pages of peers ask
 * for. Key and token are for the person at this machine, in a directory of theirs. A program of its
 * own, run once before the nodes; for those that are named it also makes keys and certificates:
 *
 * <pre>FirstStart KEYS_DIRECTORY PERSON'S_DIRECTORY [NODE...]</pre>
 */
public final class FirstStart {
  /** The user that the nodes run as. */
  private static final int NODE_USER = 1000;

  private static final int TOKEN_BYTES = 24;

  private final Path keys;
  private final Path person;
  private final List<String> certified;

  private FirstStart(Path keys, Path person, List<String> certified) {
    this.keys = keys;
    this.person = person;
    this.certified = certified;
  }

  public static void main(String[] args) throws IOException {
    List<String> nodes = List.of(args).subList(2, args.length);
    new FirstStart(Path.of(args[0]), Path.of(args[1]), nodes).make();
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
        Files.setAttribute(file, "unix:uid", NODE_USER);
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
