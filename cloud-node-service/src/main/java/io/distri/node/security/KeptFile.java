package io.distri.node.security;

import io.distri.protocol.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a node keeps beside its key, for its owner's eyes only: seen whole or not at all. A node
 * that keeps no key keeps nothing.
 *
 * @param path null: nothing is kept
 */
record KeptFile(@Nullable Path path) {

  /**
   * What is there.
   *
   * @throws UncheckedIOException where it can't be read
   */
  Optional<byte[]> read() {
    if (path == null || !Files.exists(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(path + " can't be read", e);
    }
  }

  /**
   * Keeps something in place of what is there.
   *
   * @throws UncheckedIOException where it can't be written; what was there stays then
   */
  void write(byte[] content) {
    if (path == null) {
      return;
    }
    try {
      DurableFile.replace(path, content);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " can't be written", e);
    }
  }

  /** Where it is, for messages. */
  @Override
  public String toString() {
    return String.valueOf(path);
  }
}
