package io.distri.node.db.storage;

import io.distri.protocol.DurableFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory of the file system, which this process has for itself until it is closed. */
final class Directory implements Disk, AutoCloseable {
  private static final String LOCK = "lock";

  private final Path path;
  private final FileChannel lock;

  private Directory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Opens a directory, and makes it where it isn't there. It is for this process's user only.
   *
   * @throws DirectoryInUseException where another process, or another node of this one, has it
   */
  static Directory open(Path path) throws IOException {
    DurableFile.createDirectories(path);
    DurableFile.restrict(path);
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            DurableFile.ownerOnly(path));
    try {
      FileLock held = tryLock(channel);
      if (held == null) {
        throw new DirectoryInUseException(path);
      }
      return new Directory(path, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException ofThisProcess) {
      return null;
    }
  }

  @Override
  public String place(String name) {
    return path.resolve(name).toString();
  }

  @Override
  public List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(LOCK))
          .toList();
    }
  }

  @Override
  public long size(String name) throws IOException {
    return Files.size(path.resolve(name));
  }

  @Override
  public InputStream read(String name, long from) throws IOException {
    FileChannel channel = FileChannel.open(path.resolve(name), StandardOpenOption.READ);
    return Channels.newInputStream(channel.position(from));
  }

  @Override
  public DiskFile create(String name) throws IOException {
    try {
      Files.createFile(path.resolve(name), DurableFile.ownerOnly(path));
      syncNames();
      return new OpenFile(new RandomAccessFile(path.resolve(name).toFile(), "rw"));
    } catch (IOException e) {
      throw told(e);
    }
  }

  @Override
  public void truncate(String name, long size) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.resolve(name).toFile(), "rw")) {
      file.setLength(size);
      file.getFD().sync();
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(
        path.resolve(from),
        path.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    syncNames();
  }

  @Override
  public void delete(String name) throws IOException {
    Files.delete(path.resolve(name));
  }

  private void syncNames() throws IOException {
    try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  /** Java has no type for a full disk; the system's sentence in the C locale, and quotas. */
  private static IOException told(IOException e) {
    String reason = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
    return reason != null
            && (reason.contains("No space left on device") || reason.contains("quota exceeded"))
        ? new DiskFullException(e)
        : e;
  }

  /** Not a channel: an interrupt of a writing thread would close that, and end the journal. */
  private record OpenFile(RandomAccessFile file) implements DiskFile {

    @Override
    public void append(byte[] bytes) throws IOException {
      try {
        file.write(bytes);
      } catch (IOException e) {
        throw told(e);
      }
    }

    @Override
    public void sync() throws IOException {
      file.getFD().sync();
    }

    @Override
    public void truncate(long size) throws IOException {
      file.setLength(size);
      file.seek(size);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
