package io.distri.protocol.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A carrier's payload as the channel that an age file is read from. */
final class CarrierInput implements ReadableByteChannel {

  private final CarrierReader carrier;

  CarrierInput(CarrierReader carrier) {
    this.carrier = carrier;
  }

  @Override
  public int read(ByteBuffer file) throws IOException {
    int n = carrier.read(file.array(), file.arrayOffset() + file.position(), file.remaining());
    if (n > 0) {
      file.position(file.position() + n);
    }
    return n;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  /** Does nothing: the rows belong to who opened them. */
  @Override
  public void close() {}
}
