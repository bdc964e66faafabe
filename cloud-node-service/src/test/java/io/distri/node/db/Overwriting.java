package io.distri.node.db;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mistake of the original: what arrives replaces what is held, whatever it is. */
final class Overwriting {
  private Overwriting() {}

  static Push push(Push push, Replica receiver) {
    return new Push(
        push.actor(), push.from(), push.to(), push.base(), entries(push.entries(), receiver));
  }

  static List<Entry> entries(List<Entry> entries, Replica receiver) {
    return entries.stream().map(entry -> overwriting(entry, receiver)).toList();
  }

  private static Entry overwriting(Entry entry, Replica receiver) {
    if (!(entry instanceof DocumentEntry document)) {
      return entry;
    }
    EntryKey key = new EntryKey(document.collection(), document.epoch(), document.state().uuid());
    CollectionContent content = receiver.snapshot().collections().get(key.collection());
    @Nullable DocumentState held = content == null ? null : receiver.snapshot().document(key);
    DocumentVersion winner = document.state().winner();
    if (held == null || held.context().covers(winner.dot())) {
      return entry;
    }
    DocumentVersion alone =
        new DocumentVersion(
            winner.dot(),
            winner.hlc(),
            winner.writeId(),
            winner.context().merge(held.context()),
            winner.body());
    return new DocumentEntry(
        key.collection(),
        key.epoch(),
        new DocumentState(document.state().uuid(), List.of(alone), document.state().writes()));
  }
}
