package io.distri.protocol.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A caller's stream as the channel that an age file is written to; the caller closes the stream.
 */
final class StreamOutput implements WritableByteChannel {

  private final OutputStream out;
  private boolean open = true;

  StreamOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public int write(ByteBuffer file) throws IOException {
    int length = file.remaining();
    out.write(file.array(), file.arrayOffset() + file.position(), length);
    file.position(file.limit());
    return length;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /** Ends the file, not the stream. */
  @Override
  public void close() {
    open = false;
  }
}
