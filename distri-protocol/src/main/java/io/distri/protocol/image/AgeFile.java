package io.distri.protocol.image;

import com.exceptionfactory.jagged.PayloadException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.util.List;

/** Seals and opens age files as streams, through Jagged. */
final class AgeFile {

  /** Plain bytes of a chunk, which is sealed and authenticated as one. */
  private static final int CHUNK_BYTES = 64 * 1024;

  /** What sealing adds to a chunk. */
  private static final int TAG_BYTES = 16;

  /** Plain bytes moved at a time; Jagged holds the chunk. */
  private static final int COPY_BYTES = 16 * 1024;

  /**
   * Keeps the file's header, about 100 bytes for each, well within the 64 KiB that Jagged holds.
   */
  private static final int MAX_RECIPIENTS = 256;

  /** {@code "age-encryption.org/v1"} and its line feed. */
  private static final int FIRST_LINE_BYTES = 22;

  /** A recipient's two lines: 32 bytes each in unpadded base64, after {@code "-> X25519 "}. */
  private static final int STANZA_BYTES = 98;

  /** The MAC in unpadded base64 after {@code "--- "}. */
  private static final int LAST_LINE_BYTES = 48;

  /** What follows the header. */
  private static final int NONCE_BYTES = 16;

  private AgeFile() {}

  /** Length of a file that seals so many bytes for so many recipients. */
  static long length(long plainBytes, int recipients) {
    return FIRST_LINE_BYTES
        + (long) recipients * STANZA_BYTES
        + LAST_LINE_BYTES
        + NONCE_BYTES
        + bodyLength(plainBytes);
  }

  /** Length of what follows the header and the nonce of a file that seals so many bytes. */
  static long bodyLength(long plainBytes) {
    long chunks = Math.max((plainBytes + CHUNK_BYTES - 1) / CHUNK_BYTES, 1);
    return plainBytes + chunks * TAG_BYTES;
  }

  /**
   * Checks that something can be sealed for these.
   *
   * @throws IllegalArgumentException where it can't, with a message for people
   */
  static void check(List<AgeRecipient> recipients) {
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("nobody to seal for: give at least one recipient");
    }
    if (recipients.size() > MAX_RECIPIENTS) {
      throw new IllegalArgumentException(
          recipients.size() + " recipients are too many: " + MAX_RECIPIENTS + " at most");
    }
  }

  /**
   * Seals a stream to its end.
   *
   * @param file closed where all went well
   */
  @SuppressWarnings("try") // closing is what ends the file, so only a good one is closed
  static void seal(InputStream plain, List<AgeRecipient> recipients, WritableByteChannel file)
      throws IOException {
    WritableByteChannel sealing;
    try {
      sealing =
          new StandardEncryptingChannelFactory()
              .newEncryptingChannel(
                  file, recipients.stream().map(AgeRecipient::stanzaWriter).toList());
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java lacks what age files are made of", missing);
    }
    byte[] buffer = new byte[COPY_BYTES];
    ByteBuffer chunk = ByteBuffer.wrap(buffer);
    int n;
    while ((n = plain.read(buffer)) >= 0) {
      sealing.write(chunk.clear().limit(n));
    }
    sealing.close();
  }

  /**
   * Opens a file, and gives out its bytes as they prove authentic.
   *
   * @throws NotOpenedException where it is none, is damaged, or is for other keys
   * @throws IOException of {@code file} and {@code plain} themselves
   */
  static void open(ReadableByteChannel file, List<AgeIdentity> identities, OutputStream plain)
      throws IOException, NotOpenedException {
    ReadableByteChannel opening = opening(file, identities);
    byte[] buffer = new byte[CHUNK_BYTES];
    ByteBuffer chunk = ByteBuffer.wrap(buffer);
    while (read(opening, chunk.clear()) >= 0) {
      plain.write(buffer, 0, chunk.position());
    }
  }

  private static ReadableByteChannel opening(ReadableByteChannel file, List<AgeIdentity> identities)
      throws IOException, NotOpenedException {
    try {
      return new StandardDecryptingChannelFactory()
          .newDecryptingChannel(file, identities.stream().map(AgeIdentity::stanzaReader).toList());
    } catch (GeneralSecurityException | PayloadException | RuntimeException refused) {
      throw new NotOpenedException();
    }
  }

  private static int read(ReadableByteChannel opening, ByteBuffer chunk)
      throws IOException, NotOpenedException {
    try {
      return opening.read(chunk);
    } catch (PayloadException | RuntimeException refused) {
      throw new NotOpenedException();
    }
  }
}
