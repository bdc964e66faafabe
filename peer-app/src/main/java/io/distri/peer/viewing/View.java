package io.distri.peer.viewing;

import io.distri.protocol.image.AgeIdentity;
import io.distri.protocol.image.NotOpenedException;
import io.distri.protocol.image.SealedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** One view that was taken: the image may be shown once. */
public final class View implements AutoCloseable {
  private final Path sealed;
  private final AgeIdentity age;
  private final long remaining;
  private final Runnable afterwards;
  private final Runnable end;
  private final AtomicBoolean shown = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  View(Path sealed, AgeIdentity age, long remaining, Runnable afterwards, Runnable end) {
    this.sealed = sealed;
    this.age = age;
    this.remaining = remaining;
    this.afterwards = afterwards;
    this.end = end;
  }

  /** Views that are left after this one. */
  public long remaining() {
    return remaining;
  }

  /**
   * Opens the image into a stream, in pieces.
   *
   * @throws IOException of the stream, and where the file can't be opened
   * @throws IllegalStateException at the second time
   */
  public void show(OutputStream out) throws IOException {
    if (!shown.compareAndSet(false, true)) {
      throw new IllegalStateException("a view shows its image once");
    }
    try (InputStream in = Files.newInputStream(sealed)) {
      SealedImage.openBare(in, List.of(age), out);
      out.flush();
      afterwards.run();
    } catch (NotOpenedException changed) {
      throw new IOException("the image can't be opened", changed);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      end.run();
    }
  }
}
