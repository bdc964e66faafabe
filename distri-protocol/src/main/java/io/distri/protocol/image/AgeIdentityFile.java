package io.distri.protocol.image;

import io.distri.protocol.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** An age identity in a file that only its owner reads, laid out as {@code age-keygen} does. */
public final class AgeIdentityFile {
  private AgeIdentityFile() {}

  /**
   * Reads the identity, or makes one where there is no file; processes that start together agree on
   * one.
   *
   * @throws IOException where the file can't be read or made
   * @throws IllegalArgumentException where it holds no identity
   */
  public static AgeIdentity loadOrCreate(Path file) throws IOException {
    if (!Files.exists(file)) {
      create(file, AgeIdentity.generate());
    }
    return AgeIdentity.parse(Files.readString(file));
  }

  /**
   * Writes an identity to a new file.
   *
   * @return false where there is a file of that name, which stays as it is
   * @throws IOException where the directory can't be written
   */
  public static boolean create(Path file, AgeIdentity identity) throws IOException {
    return DurableFile.create(
        file, identity.fileContent(Instant.now()).getBytes(StandardCharsets.US_ASCII));
  }
}
