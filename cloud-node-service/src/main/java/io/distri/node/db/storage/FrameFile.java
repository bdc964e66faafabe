package io.distri.node.db.storage;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of frames that is there to be read.
 *
 * <p>A crash can leave the last frame torn, and no other: each is written when the one before is
 * safe. So bytes that are no frame are cut off where no frame follows, and mean that the file was
 * damaged where one does.
 */
final class FrameFile {
  private final Disk disk;
  private final String name;
  private final long size;
  private final @Nullable FileHeader header;

  private FrameFile(Disk disk, String name, long size, @Nullable FileHeader header) {
    this.disk = disk;
    this.name = name;
    this.size = size;
    this.header = header;
  }

  static FrameFile open(Disk disk, String name) throws IOException {
    try (InputStream in = disk.read(name, 0)) {
      return new FrameFile(
          disk, name, disk.size(name), FileHeader.parse(in.readNBytes(FileHeader.BYTES)));
    }
  }

  String name() {
    return name;
  }

  long size() {
    return size;
  }

  /** Whether a crash left it before its header was safe, so that no frame was ever in it. */
  boolean isUnborn() {
    return header == null && size <= FileHeader.BYTES;
  }

  /** Takes a file's frames in order. */
  @FunctionalInterface
  interface Reader {
    void accept(Frame frame) throws IOException;
  }

  /** Where the whole frames end, and how many of them there are. */
  record Extent(long end, long frames) {}

  /**
   * Hands out the frames, up to the first bytes that are none.
   *
   * @throws CorruptException where the file is none of ours, or frames are missing between
   */
  Extent read(long first, Reader frames) throws IOException {
    if (header == null || header.first() != first) {
      throw new CorruptException(name + " does not begin as it was written");
    }
    long end = FileHeader.BYTES;
    long next = first;
    try (InputStream in = new BufferedInputStream(disk.read(name, end))) {
      Frame frame = Frame.read(in, header.salt(), size - end);
      while (frame != null) {
        if (frame.number() != next) {
          throw new CorruptException(
              name + " lacks frame " + next + ": frame " + frame.number() + " comes instead");
        }
        frames.accept(frame);
        next++;
        end += frame.size();
        frame = Frame.read(in, header.salt(), size - end);
      }
    }
    return new Extent(end, next - first);
  }

  /** Whether a whole frame begins anywhere after a place that is no frame's beginning. */
  boolean hasFrameAfter(long place) throws IOException {
    long salt = header == null ? 0 : header.salt();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(disk.read(name, place + 1)))) {
      int window = in.readInt();
      for (long at = place + 1; ; at++) {
        if (window == Frame.MARK && isFrame(at, salt)) {
          return true;
        }
        window = window << Byte.SIZE | in.readUnsignedByte();
      }
    } catch (EOFException none) {
      return false;
    }
  }

  private boolean isFrame(long at, long salt) throws IOException {
    try (InputStream in = new BufferedInputStream(disk.read(name, at))) {
      return Frame.read(in, salt, size - at) != null;
    }
  }
}
