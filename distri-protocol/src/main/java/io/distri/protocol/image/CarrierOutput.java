package io.distri.protocol.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * A carrier as the channel that an age file is written to. Its first write is the file's header and
 * nonce; with them the file's length is known, and so are the picture's dimensions.
 */
final class CarrierOutput implements WritableByteChannel {

  private final OutputStream png;
  private final long imageBytes;
  private final Density density;
  private final Covers covers;

  private @Nullable CarrierWriter carrier;
  private boolean open = true;

  CarrierOutput(OutputStream png, long imageBytes, Density density, Covers covers) {
    this.png = png;
    this.imageBytes = imageBytes;
    this.density = density;
    this.covers = covers;
  }

  @Override
  public int write(ByteBuffer file) throws IOException {
    int length = file.remaining();
    if (carrier == null) {
      carrier = new CarrierWriter(png, length + AgeFile.bodyLength(imageBytes), density, covers);
    }
    carrier.write(file.array(), file.arrayOffset() + file.position(), length);
    file.position(file.limit());
    return length;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /** Ends the picture. */
  @Override
  public void close() throws IOException {
    open = false;
    if (carrier != null) {
      carrier.finish();
    }
  }
}
