package io.distri.peer.vault;

import io.distri.protocol.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** A peer's directory, which one running peer has for itself. */
public final class Folders implements AutoCloseable {

  /** How the names of uploads begin that are on their way to {@link #incoming}. */
  public static final String UPLOAD = "upload";

  /** What to say where {@link #takesAllNames} is false. */
  public static final String ASCII_ALONE =
      "This peer was started where the names of files are in ASCII alone: images with other names stay"
          + " as they are until it is started with LC_ALL=C.UTF-8 in its environment.";

  private final Path root;
  private final FileChannel lockFile;

  /**
   * Takes the directory, and makes it at first use.
   *
   * @throws PeerStartException where another peer runs in it, or it can't be used
   */
  public Folders(Path root) {
    this.root = root.toAbsolutePath().normalize();
    try {
      for (Path directory : new Path[] {owned(), encrypted(), borrowed(), incoming(), outgoing()}) {
        DurableFile.createDirectories(directory);
      }
      DurableFile.restrict(this.root);
      lockFile =
          FileChannel.open(
              this.root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(lockFile)) {
        lockFile.close();
        throw new PeerStartException("A peer runs in " + this.root + " already.");
      }
      deleteUnfinished();
    } catch (IOException e) {
      throw PeerStartException.of("No place for a peer in " + this.root, e);
    }
  }

  /** What a crash left of files that were being written; whole ones have other names. */
  private void deleteUnfinished() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = String.valueOf(file.getFileName());
        boolean upload = name.startsWith(UPLOAD) && incoming().equals(file.getParent());
        if (upload || DurableFile.isUnfinished(name)) {
          Files.delete(file);
        }
      }
    }
  }

  /** Whether files can have names in every script; under locales such as C and POSIX they can't. */
  public static boolean takesAllNames() {
    return new ResourceName("\u00fc.jpg").isFileName();
  }

  private static boolean isLocked(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null && lock.isValid();
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  public Path root() {
    return root;
  }

  /** The person's own images, as they are. */
  public Path owned() {
    return root.resolve("resources/owned");
  }

  /** The own images, sealed for their owner. */
  public Path encrypted() {
    return root.resolve("resources/encrypted");
  }

  /** Others' images, sealed for this peer, with what their owners signed. */
  public Path borrowed() {
    return root.resolve("resources/borrowed");
  }

  /** Images that are on their way here. */
  public Path incoming() {
    return root.resolve("transfer/incoming");
  }

  /** Images that are on their way to others. */
  public Path outgoing() {
    return root.resolve("transfer/outgoing");
  }

  /** The entries that concern this peer: its ledger. */
  public Path book() {
    return root.resolve("book");
  }

  /** An empty file for each own image of which strangers get no small picture. */
  public Path hidden() {
    return root.resolve("resources/without-thumbnail");
  }

  /** Where the terminal finds the running peer. */
  public Path control() {
    return root.resolve("control.json");
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
