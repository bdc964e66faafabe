package io.distri.cli.loadtest;

import java.util.Locale;

/** Which of the original's two tests. */
public enum Kind {
  /** Each task seals the sample photo. */
  ENCRYPT(10),
  /** Each task adds a document, reads it, updates it and reads it again. */
  DB(1);

  private final int tasks;

  Kind(int tasks) {
    this.tasks = tasks;
  }

  /** How many tasks each client of the original did. */
  public int tasks() {
    return tasks;
  }

  /** The spelling in arguments and names of files. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
