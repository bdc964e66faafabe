package io.distri.cli.loadtest;

import java.util.Locale;

/** Which of the original's two tests. */
public enum Kind {
  ENCRYPT(10, 1, "a task seals the sample photo"),
  DB(1, 4, "a task adds a document, reads it by its UUID, updates it and reads it again: 4 calls");

  private final int tasks;
  private final int calls;
  private final String task;

  Kind(int tasks, int calls, String task) {
    this.tasks = tasks;
    this.calls = calls;
    this.task = task;
  }

  /** How many tasks each client of the original did. */
  public int tasks() {
    return tasks;
  }

  /** How many calls a task has. */
  int calls() {
    return calls;
  }

  /** What a task is, in words. */
  String task() {
    return task;
  }

  /** The spelling in arguments and names of files. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
