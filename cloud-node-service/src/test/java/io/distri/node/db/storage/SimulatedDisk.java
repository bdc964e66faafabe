package io.distri.node.db.storage;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.distri.node.db.Journal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;

/**
 * A disk in memory that fails when told to, and forgets at a crash what it may forget: of bytes
 * that were not synced any part stays, in any state; a deleted file may be back.
 */
public final class SimulatedDisk implements Disk {
  static {
    // Torn ends and failing disks are what the tests are about, thousands of times.
    ((Logger) LoggerFactory.getLogger("io.distri.node.db.storage")).setLevel(Level.OFF);
  }

  private final Random random;
  private final Map<String, File> files = new TreeMap<>();
  private final Map<String, File> deleted = new HashMap<>();
  private long capacity = Long.MAX_VALUE;
  private boolean syncFails;
  private boolean forgetsSyncs;
  private long operationsLeft = Long.MAX_VALUE;

  private static final class File {
    private byte[] bytes = {};
    private int safe;
  }

  public SimulatedDisk(long seed) {
    random = new Random(seed);
  }

  /** A journal in the files of this disk, which snapshots what is larger than so many bytes. */
  public Journal journal(long smallestLogBytes) {
    return new LogJournal(this, random::nextLong, Runnable::run, smallestLogBytes);
  }

  /** From now on only so many bytes more fit. */
  public void leave(long bytes) {
    capacity = used() + bytes;
  }

  /** There is room again. */
  public void grow() {
    capacity = Long.MAX_VALUE;
  }

  /** Whether syncs fail from now on. */
  public void failSyncs(boolean fail) {
    syncFails = fail;
  }

  /** From now on syncs do nothing and say that all is well: a mistake for the checkers to find. */
  public void forgetSyncs() {
    forgetsSyncs = true;
  }

  /** The machine stops with the operation after so many others. */
  public void crashAfter(long operations) {
    operationsLeft = operations;
  }

  /** The machine starts again, with what the disk kept. */
  public void restart() {
    operationsLeft = Long.MAX_VALUE;
    deleted.forEach((name, file) -> {
      if (random.nextBoolean()) {
        files.putIfAbsent(name, file);
      }
    });
    deleted.clear();
    for (File file : files.values()) {
      int kept = random.nextInt(file.safe, file.bytes.length + 1);
      file.bytes = Arrays.copyOf(file.bytes, kept);
      if (kept > file.safe && random.nextBoolean()) {
        file.bytes[random.nextInt(file.safe, kept)] ^= (byte) random.nextInt(1, 256);
      }
      file.safe = kept;
    }
  }

  /** A disk with the same files. */
  public SimulatedDisk copy() {
    SimulatedDisk copy = new SimulatedDisk(random.nextLong());
    files.forEach((name, file) -> copy.put(name, file.bytes.clone()));
    return copy;
  }

  public byte[] bytes(String name) {
    return files.get(name).bytes;
  }

  void put(String name, byte[] bytes) {
    File file = new File();
    file.bytes = bytes;
    file.safe = bytes.length;
    files.put(name, file);
  }

  /** Bytes of all files. */
  long used() {
    return files.values().stream().mapToLong(file -> file.bytes.length).sum();
  }

  @Override
  public List<String> names() {
    return new ArrayList<>(files.keySet());
  }

  @Override
  public long size(String name) {
    return files.get(name).bytes.length;
  }

  @Override
  public String place(String name) {
    return name;
  }

  @Override
  public InputStream read(String name, long from) {
    byte[] bytes = files.get(name).bytes;
    int start = (int) Math.min(from, bytes.length);
    return new ByteArrayInputStream(bytes, start, bytes.length - start);
  }

  @Override
  public DiskFile create(String name) throws IOException {
    operation();
    if (files.containsKey(name)) {
      throw new IOException(name + " is there");
    }
    File file = new File();
    files.put(name, file);
    deleted.clear();
    return new Open(file);
  }

  @Override
  public void truncate(String name, long size) {
    operation();
    File file = files.get(name);
    file.bytes = Arrays.copyOf(file.bytes, (int) size);
    file.safe = (int) size;
  }

  @Override
  public void rename(String from, String to) {
    operation();
    files.put(to, files.remove(from));
    deleted.clear();
  }

  @Override
  public void delete(String name) throws IOException {
    operation();
    File file = files.remove(name);
    if (file == null) {
      throw new NoSuchFileException(name);
    }
    deleted.put(name, file);
  }

  private void operation() {
    if (operationsLeft-- <= 0) {
      throw new Crash();
    }
  }

  private final class Open implements DiskFile {
    private final File file;

    Open(File file) {
      this.file = file;
    }

    @Override
    public void append(byte[] bytes) throws IOException {
      int fits = (int) Math.min(Math.max(0, capacity - used()), bytes.length);
      boolean crash = operationsLeft-- <= 0;
      int written = crash ? random.nextInt(fits + 1) : fits;
      int before = file.bytes.length;
      file.bytes = Arrays.copyOf(file.bytes, before + written);
      System.arraycopy(bytes, 0, file.bytes, before, written);
      if (crash) {
        throw new Crash();
      }
      if (fits < bytes.length) {
        throw new DiskFullException(new IOException("No space left on device"));
      }
    }

    @Override
    public void sync() throws IOException {
      operation();
      if (syncFails) {
        throw new IOException("Input/output error");
      }
      if (!forgetsSyncs) {
        file.safe = file.bytes.length;
      }
    }

    @Override
    public void truncate(long size) {
      operation();
      file.bytes = Arrays.copyOf(file.bytes, (int) size);
      file.safe = Math.min(file.safe, (int) size);
    }

    @Override
    public void close() {}
  }
}
