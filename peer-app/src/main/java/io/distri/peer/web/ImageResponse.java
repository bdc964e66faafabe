package io.distri.peer.web;

import io.distri.protocol.image.ImageType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** An image on its way to a browser: named by its first bytes, and refused where it is none. */
final class ImageResponse extends OutputStream {
  private final HttpServletResponse response;
  private final byte[] head = new byte[ImageType.HEAD_BYTES];
  private int count;
  private boolean begun;

  ImageResponse(HttpServletResponse response) {
    this.response = response;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int taken = Math.min(length, head.length - count);
    System.arraycopy(bytes, offset, head, count, taken);
    count += taken;
    if (count == head.length) {
      begin();
      response.getOutputStream().write(bytes, offset + taken, length - taken);
    }
  }

  private void begin() throws IOException {
    if (!begun) {
      begun = true;
      ImageType type =
          ImageType.sniff(Arrays.copyOf(head, count))
              .orElseThrow(() -> new IOException("what was opened is no image"));
      response.setContentType(type.mediaType());
      response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
      response.getOutputStream().write(head, 0, count);
    }
  }

  @Override
  public void close() throws IOException {
    begin();
    response.getOutputStream().flush();
  }
}
