package io.distri.protocol.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * A picture file from anyone, decoded as people see it: upright, in sRGB, white where it is
 * transparent. The only place that decodes pictures, by ImageIO. For one thread.
 */
public final class PictureFile implements Closeable {

  /** More pixels than any camera's. */
  private static final long MOST_PIXELS = 400_000_000;

  /** A progressive JPEG is in memory whole while it is decoded, outside the heap: 300 MB. */
  private static final long MOST_PROGRESSIVE = 50_000_000;

  /** What a reader may hold at a time, of which it makes up to two copies. */
  private static final long MOST_BYTES = 64_000_000;

  /** As much at most of the heap, which the program needs for other things. */
  private static final long HEAP_SHARE = 8;

  /** Bits of a pixel where the reader does not tell: four samples of 16. */
  private static final int MOST_BITS = 64;

  private final ImageReader reader;
  private final PictureHead head;
  private final int width;
  private final int height;

  private PictureFile(ImageReader reader, PictureHead head) throws IOException {
    this.reader = reader;
    this.head = head;
    this.width = reader.getWidth(0);
    this.height = reader.getHeight(0);
  }

  /**
   * Begins to read a picture; empty where this Java has no reader for it.
   *
   * @param in closed by the caller, after this
   * @throws IOException where the file is damaged
   */
  public static Optional<PictureFile> open(ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      return Optional.empty();
    }
    PictureHead head = PictureHead.read(in);
    ImageReader reader = readers.next();
    try {
      reader.setInput(in, true, true);
      return Optional.of(new PictureFile(reader, head));
    } catch (IOException | RuntimeException damaged) {
      reader.dispose();
      throw told(damaged);
    }
  }

  /** Pixels from left to right, as people see it. */
  public int width() {
    return head.isTurned() ? height : width;
  }

  /** Pixels from top to bottom, as people see it. */
  public int height() {
    return head.isTurned() ? width : height;
  }

  /**
   * Whether decoding takes a bounded share of the memory, whatever the file says of itself.
   *
   * @throws IOException where the file is damaged
   */
  public boolean isDecodable() throws IOException {
    long pixels = (long) width * height;
    long mostBytes = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    try {
      return pixels <= MOST_PIXELS
          && (!head.isProgressive() || pixels <= MOST_PROGRESSIVE)
          && pixelsAtATime() * bytesPerPixel() <= mostBytes;
    } catch (IOException | RuntimeException damaged) {
      throw told(damaged);
    }
  }

  /** What the reader has in memory beside the thinned out picture. */
  private long pixelsAtATime() throws IOException {
    return switch (reader.getOriginatingProvider().getFormatNames()[0].toLowerCase(Locale.ROOT)) {
      case "tif", "tiff" -> (long) reader.getTileWidth(0) * reader.getTileHeight(0);
      case "bmp" -> (long) width * height;
      default -> width;
    };
  }

  private long bytesPerPixel() throws IOException {
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    int bits = types.hasNext() ? types.next().getColorModel().getPixelSize() : MOST_BITS;
    return (bits + 7L) / 8;
  }

  /**
   * Decodes the picture with rows and columns left out.
   *
   * @param step every how many-th row and column is kept, 1 or more
   * @return of type {@link BufferedImage#TYPE_INT_RGB}
   * @throws IOException where the file is damaged
   */
  public BufferedImage decode(int step) throws IOException {
    try {
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceSubsampling(step, step, 0, 0);
      return upright(reader.read(0, param));
    } catch (IOException | RuntimeException damaged) {
      throw told(damaged);
    }
  }

  /** ImageIO's readers throw what they like at damaged files. */
  private static IOException told(Exception damaged) {
    return damaged instanceof IOException told ? told : new IIOException("damaged", damaged);
  }

  private BufferedImage upright(BufferedImage raw) {
    int columns = raw.getWidth();
    int rows = raw.getHeight();
    BufferedImage shown =
        new BufferedImage(
            head.isTurned() ? rows : columns,
            head.isTurned() ? columns : rows,
            BufferedImage.TYPE_INT_RGB);
    int[] pixels = ((DataBufferInt) shown.getRaster().getDataBuffer()).getData();
    int[] row = new int[columns];
    PixelRows source = new PixelRows(raw);
    for (int v = 0; v < rows; v++) {
      source.read(v, row);
      for (int u = 0; u < columns; u++) {
        pixels[head.place(u, v, columns, rows)] = row[u];
      }
    }
    return shown;
  }

  @Override
  public void close() {
    reader.dispose();
  }
}
