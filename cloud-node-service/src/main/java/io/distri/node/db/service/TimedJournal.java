package io.distri.node.db.service;

import io.distri.node.db.Journal;
import io.distri.node.db.JournalRecord;
import io.micrometer.core.instrument.Timer;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A journal whose writes are timed: each is a group of changes that share one sync. */
record TimedJournal(Journal journal, Timer writing) implements Journal {

  @Override
  public void replay(Consumer<JournalRecord> replica) {
    journal.replay(replica);
  }

  @Override
  public void write(Supplier<JournalRecord> changes) {
    writing.record(() -> journal.write(changes));
  }

  @Override
  public String setAside(List<byte[]> lines) {
    return journal.setAside(lines);
  }

  @Override
  public void offer(Supplier<Iterator<JournalRecord>> state) {
    journal.offer(state);
  }
}
