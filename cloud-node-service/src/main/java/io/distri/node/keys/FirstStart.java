package io.distri.node.keys;

import io.distri.node.security.ClusterSecret;
import io.distri.protocol.image.AgeIdentityFile;
import io.distri.protocol.image.AgeRecipient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes what the nodes of a container cluster share, where it isn't there: the cluster's secret,
 * and an age key for the Encrypt service whose public half the nodes get. A program of its own, run
 * once before the nodes:
 *
 * <pre>FirstStart KEYS_DIRECTORY AGE_IDENTITY_FILE</pre>
 */
public final class FirstStart {
  /** The user that the nodes run as. */
  private static final int NODE_USER = 1000;

  private FirstStart() {}

  public static void main(String[] args) throws IOException {
    Path keys = Path.of(args[0]);
    Path identity = Path.of(args[1]);
    Path secret = keys.resolve("cluster-secret");
    ClusterSecret.of(secret, List.of());
    AgeRecipient recipient = AgeIdentityFile.loadOrCreate(identity).recipient();
    Path config = Files.createDirectories(keys.resolve("config"));
    Path recipients = config.resolve("distri.node.encrypt.recipients");
    Files.writeString(recipients, recipient.toString());
    for (Path file : List.of(keys, secret, config, recipients)) {
      Files.setAttribute(file, "unix:uid", NODE_USER);
    }
    Files.setAttribute(identity, "unix:uid", Files.getAttribute(directoryOf(identity), "unix:uid"));
  }

  private static Path directoryOf(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    return directory == null ? file : directory;
  }
}
