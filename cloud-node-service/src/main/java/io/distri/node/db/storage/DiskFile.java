package io.distri.node.db.storage;

import java.io.Closeable;
import java.io.IOException;

/** A file that is written at its end. For one thread at a time. */
interface DiskFile extends Closeable {

  /** Appends bytes: all of them, or any part where it throws. */
  void append(byte[] bytes) throws IOException;

  /** Makes safe what was appended. */
  void sync() throws IOException;

  /** Cuts the end off; safe only after {@link #sync}. */
  void truncate(long size) throws IOException;
}
