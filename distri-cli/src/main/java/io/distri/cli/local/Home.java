package io.distri.cli.local;

import io.distri.cli.terminal.Failure;
import io.distri.protocol.HostPort;
import io.distri.protocol.image.AgeIdentity;
import io.distri.protocol.image.AgeIdentityFile;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/**
 * The directory in which programs started by {@code ./distri} keep what they need on this machine:
 * keys, the cluster secret, logs. Things appear in it at first use.
 *
 * @param directory absolute
 */
public record Home(Path directory) {

  /** The system property by which the launcher, and a parent of node processes, names it. */
  static final String PROPERTY = "distri.home";

  public Home {
    directory = directory.toAbsolutePath().normalize();
  }

  /** The home that this process was told, or {@code .distri} in the working directory. */
  public static Home ofThisProcess() {
    return new Home(Path.of(System.getProperty(PROPERTY, ".distri")));
  }

  /** The secret that nodes on this machine share; a node makes it. */
  public Path clusterSecret() {
    return directory.resolve("cluster-secret");
  }

  /** Where the operator's key is: nodes on this machine take orders with it. */
  public Path operatorDirectory() {
    return directory.resolve("operator");
  }

  /** The key that opens what nodes on this machine seal for nobody in particular. */
  public Path ageIdentityFile() {
    return directory.resolve("age-identity.txt");
  }

  /** Where the node with this address keeps its key. */
  public Path identityDirectory(HostPort node) {
    String name = node.toString().replaceAll("[^A-Za-z0-9.-]", "_");
    return directory.resolve("nodes").resolve(name).resolve("identity");
  }

  /** Where the node with this address keeps its DB, where it does. */
  Path dataDirectory(HostPort node) {
    return identityDirectory(node).resolveSibling("db");
  }

  /** Where the peer of this name keeps its keys, its images and its ledger. */
  public Path peerDirectory(String identifier) {
    return directory.resolve("peers").resolve(identifier.replaceAll("[^a-z0-9-]", "_"));
  }

  /**
   * Deletes the directory with all that is in it.
   *
   * @throws Failure where something of it stays
   */
  public void delete() {
    try {
      FileSystemUtils.deleteRecursively(directory);
    } catch (IOException e) {
      throw Failure.of("Old state can't be deleted", e);
    }
  }

  /** What the demo keeps, as a home of its own. */
  public Home demo() {
    return new Home(directory.resolve("demo"));
  }

  /**
   * The key in {@link #ageIdentityFile}, made at first use.
   *
   * @throws Failure where the file can't be read, written or understood
   */
  public AgeIdentity ageIdentity() {
    Path file = ageIdentityFile();
    try {
      return AgeIdentityFile.loadOrCreate(file);
    } catch (IOException e) {
      throw Failure.of("No key in " + file, e);
    } catch (IllegalArgumentException e) {
      throw new Failure(file + " holds no key: " + e.getMessage() + ".", e);
    }
  }
}
