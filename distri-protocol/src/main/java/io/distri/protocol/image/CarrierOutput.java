package io.distri.protocol.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A carrier as the channel that an age file is written to. */
final class CarrierOutput implements WritableByteChannel {

  private final CarrierWriter carrier;
  private boolean open = true;

  CarrierOutput(CarrierWriter carrier) {
    this.carrier = carrier;
  }

  @Override
  public int write(ByteBuffer file) throws IOException {
    int length = file.remaining();
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
    carrier.finish();
  }
}
