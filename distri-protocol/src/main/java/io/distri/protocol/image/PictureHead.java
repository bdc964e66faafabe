package io.distri.protocol.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/**
 * What a picture file from anyone says, before its pixels, of how it is to be shown and decoded:
 * the orientation of Exif in JPEG, PNG and TIFF files, and whether a JPEG is progressive. What
 * can't be understood is not said.
 *
 * @param orientation 1 to 8, as Exif and TIFF number them; 1 is upright
 * @param isProgressive whether it is a JPEG each of whose scans shows the whole picture
 */
record PictureHead(int orientation, boolean isProgressive) {

  /** Chunks or segments that are looked at, so that a file of nothing else takes no time. */
  private static final int MOST_PARTS = 10_000;

  private static final int UPRIGHT = 1;
  private static final int MOST_ORIENTATION = 8;

  private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int PNG_EXIF = 0x65584966;
  private static final int PNG_END = 0x49454E44;

  private static final int JPEG_START = 0xFFD8;
  private static final int JPEG_EXIF = 0xFFE1;
  private static final int JPEG_SCAN = 0xFFDA;
  private static final int JPEG_FILL = 0xFFFF;
  private static final int FIRST_FRAME = 0xFFC0;
  private static final int LAST_FRAME = 0xFFCF;
  private static final int EXIF = 0x45786966;

  private static final int LITTLE_ENDIAN = 0x4949;
  private static final int BIG_ENDIAN = 0x4D4D;
  private static final int TIFF = 42;
  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;

  /** Reads it, and sets the stream back to the file's beginning. */
  static PictureHead read(ImageInputStream in) throws IOException {
    try {
      in.seek(0);
      long first = in.readLong();
      if (first == PNG_SIGNATURE) {
        return ofPng(in);
      }
      return first >>> 48 == JPEG_START
          ? ofJpeg(in)
          : new PictureHead(orientation(in, 0, Long.MAX_VALUE), false);
    } catch (EOFException | IndexOutOfBoundsException tooShort) {
      // A stream from memory throws the latter behind its end.
      return new PictureHead(UPRIGHT, false);
    } finally {
      in.seek(0);
    }
  }

  private static PictureHead ofPng(ImageInputStream in) throws IOException {
    for (int part = 0; part < MOST_PARTS; part++) {
      long length = in.readUnsignedInt();
      int type = in.readInt();
      long data = in.getStreamPosition();
      if (type == PNG_EXIF) {
        return new PictureHead(orientation(in, data, data + length), false);
      } else if (type == PNG_END) {
        break;
      }
      // Behind the data and its checksum.
      in.seek(data + length + Integer.BYTES);
    }
    return new PictureHead(UPRIGHT, false);
  }

  private static PictureHead ofJpeg(ImageInputStream in) throws IOException {
    int orientation = UPRIGHT;
    in.seek(Short.BYTES);
    for (int part = 0; part < MOST_PARTS; part++) {
      int marker = in.readUnsignedShort();
      long at = in.getStreamPosition();
      if (marker == JPEG_FILL) {
        in.seek(at - 1);
        continue;
      } else if (marker < FIRST_FRAME || marker == JPEG_SCAN) {
        break;
      } else if (isFrame(marker)) {
        // Of their last two bits, 2 is progressive.
        return new PictureHead(orientation, (marker & 3) == 2);
      }
      long end = at + in.readUnsignedShort();
      if (marker == JPEG_EXIF && in.readInt() == EXIF) {
        orientation = orientation(in, at + 2 * Short.BYTES + Integer.BYTES, end);
      }
      in.seek(end);
    }
    return new PictureHead(orientation, false);
  }

  /** Among the frames' markers are those of tables, and one that is reserved. */
  private static boolean isFrame(int marker) {
    return marker <= LAST_FRAME && marker != 0xFFC4 && marker != 0xFFC8 && marker != 0xFFCC;
  }

  /** What the first directory of a TIFF says, which is what Exif is made of. */
  private static int orientation(ImageInputStream in, long start, long end) throws IOException {
    try {
      in.seek(start);
      int order = in.readUnsignedShort();
      if (order != LITTLE_ENDIAN && order != BIG_ENDIAN) {
        return UPRIGHT;
      }
      in.setByteOrder(order == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      if (in.readUnsignedShort() != TIFF) {
        return UPRIGHT;
      }
      in.seek(start + in.readUnsignedInt());
      int entries = in.readUnsignedShort();
      long entry = in.getStreamPosition();
      for (int i = 0; i < entries && entry <= end - ENTRY_BYTES; i++, entry += ENTRY_BYTES) {
        in.seek(entry);
        if (in.readUnsignedShort() == ORIENTATION) {
          boolean isOne = in.readUnsignedShort() == SHORT && in.readUnsignedInt() == 1;
          int value = in.readUnsignedShort();
          return isOne && value <= MOST_ORIENTATION ? Math.max(value, UPRIGHT) : UPRIGHT;
        }
      }
      return UPRIGHT;
    } catch (EOFException | IndexOutOfBoundsException pointsNowhere) {
      return UPRIGHT;
    } finally {
      in.setByteOrder(ByteOrder.BIG_ENDIAN);
    }
  }

  /** Whether rows become columns. */
  boolean isTurned() {
    return orientation > 4;
  }

  /** Where a pixel of the file is in what is shown, counted row by row. */
  int place(int column, int row, int columns, int rows) {
    int u =
        switch (orientation) {
          case 2, 3, 7, 8 -> columns - 1 - column;
          default -> column;
        };
    int v =
        switch (orientation) {
          case 3, 4, 6, 7 -> rows - 1 - row;
          default -> row;
        };
    return isTurned() ? u * rows + v : v * columns + u;
  }
}
