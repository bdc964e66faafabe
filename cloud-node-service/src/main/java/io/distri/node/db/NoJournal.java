package io.distri.node.db;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The journal of a DB that is in memory only. */
final class NoJournal implements Journal {

  @Override
  public void replay(Consumer<JournalRecord> replica) {}

  @Override
  public void write(Supplier<JournalRecord> changes) {}

  @Override
  public String setAside(List<byte[]> lines) {
    return "nowhere, since this node keeps its DB in memory only";
  }

  @Override
  public void offer(Supplier<Iterator<JournalRecord>> state) {}
}
