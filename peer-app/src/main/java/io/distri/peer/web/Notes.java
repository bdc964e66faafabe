package io.distri.peer.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What came of the last forms, for the pages that they lead to. */
final class Notes {
  private static final int KEPT = 64;

  /** A sentence, and whether it tells of a failure. */
  record Note(String sentence, boolean failed) {}

  private final AtomicLong next = new AtomicLong(System.currentTimeMillis());
  private final Map<String, Note> notes =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Note> eldest) {
          return size() > KEPT;
        }
      };

  synchronized String add(String sentence, boolean failed) {
    String id = Long.toString(next.incrementAndGet(), Character.MAX_RADIX);
    notes.put(id, new Note(sentence, failed));
    return id;
  }

  synchronized Optional<Note> find(@Nullable String id) {
    return Optional.ofNullable(notes.get(id));
  }
}
