package io.distri.peer.book;

import io.distri.protocol.guard.RareLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was found not to be as it was left: for the person's eyes. Safe for many threads. */
public final class Findings {
  private static final Logger log = LoggerFactory.getLogger(Findings.class);
  private static final int KEPT = 20;

  private final Deque<String> sentences = new ArrayDeque<>();
  private final Changes changes;
  private final RareLog rare = RareLog.everyMinute();

  public Findings(Changes changes) {
    this.changes = changes;
  }

  /** Adds a sentence, unless it is there already. */
  public void add(String sentence) {
    synchronized (sentences) {
      if (sentences.contains(sentence)) {
        return;
      }
      sentences.addFirst(sentence);
      if (sentences.size() > KEPT) {
        sentences.removeLast();
      }
    }
    if (rare.mayLog(sentence)) {
      log.warn("{}", sentence);
    }
    changes.happened();
  }

  /** The latest first. */
  public List<String> all() {
    synchronized (sentences) {
      return new ArrayList<>(sentences);
    }
  }
}
