package io.distri.node.db.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A directory of files, as far as the journal needs one. Safe for use by many threads, each on
 * files of its own. Where there is no room, the exception is a {@link DiskFullException}.
 */
interface Disk {

  /** The names of all files. */
  List<String> names() throws IOException;

  /** How many bytes a file has. */
  long size(String name) throws IOException;

  /** Where a file is, for people. */
  String place(String name);

  /** Reads a file from a place on, unbuffered. */
  InputStream read(String name, long from) throws IOException;

  /** Creates a file, which must not be there; that it is there is safe when this returns. */
  DiskFile create(String name) throws IOException;

  /** Cuts a file's end off, safely when this returns. */
  void truncate(String name, long size) throws IOException;

  /** Renames a file, replacing one that has the name; safely when this returns. */
  void rename(String from, String to) throws IOException;

  /** Deletes a file. It may be back after a crash. */
  void delete(String name) throws IOException;
}
