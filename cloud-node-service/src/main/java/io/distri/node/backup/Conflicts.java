package io.distri.node.backup;

import io.distri.node.db.ApplyOutcome;
import io.distri.node.db.CollectionSummary;
import io.distri.node.db.Coverage;
import io.distri.node.db.DocumentBody;
import io.distri.node.db.DocumentEntry;
import io.distri.node.db.DocumentState;
import io.distri.node.db.DocumentStore;
import io.distri.node.db.DocumentVersion;
import io.distri.node.db.Dot;
import io.distri.node.db.Entry;
import io.distri.node.db.Push;
import io.distri.node.db.VersionVector;
import io.distri.node.db.WriteMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Puts versions beside documents that conflict with what reads find. No node writes those on its
 * own, since one that holds a document replaces it. So they come as pushes do, of nodes that never
 * were and write no more: one for all second versions of a page, one for all third ones. Their
 * timestamps lie at the beginning of time, behind that of the document itself. Thread-safe.
 */
final class Conflicts {
  private final DocumentStore documents;
  private final LongSupplier actors;

  /**
   * @param actors random numbers that no start of any node has used
   */
  Conflicts(DocumentStore documents, LongSupplier actors) {
    this.documents = documents;
    this.actors = actors;
  }

  /** Puts all but the first version of each beside the first, and returns these writes. */
  VersionVector keep(List<BackupPage.Document> written) {
    Map<String, Long> epochs =
        documents.collections().stream()
            .collect(Collectors.toMap(CollectionSummary::name, CollectionSummary::epoch));
    VersionVector session = VersionVector.EMPTY;
    for (int rank = 1; ; rank++) {
      long actor = actors.getAsLong();
      List<Entry> entries = new ArrayList<>();
      for (BackupPage.Document document : written) {
        Long epoch = epochs.get(document.collection());
        if (rank < document.versions().size() && epoch != null) {
          entries.add(entry(document, rank, epoch, new Dot(actor, entries.size() + 1L)));
        }
      }
      if (entries.isEmpty()) {
        return session;
      }
      session =
          session.merge(
              push(new Push(actor, 0, entries.size(), Coverage.NOTHING.baseDigest(), entries)));
    }
  }

  private VersionVector push(Push push) {
    return switch (documents.apply(push)) {
      case ApplyOutcome.Applied applied -> VersionVector.of(new Dot(push.actor(), push.to()));
      case ApplyOutcome.HeldBack impossible ->
          throw new IllegalStateException("the beginning of time is ahead of the clock");
    };
  }

  private static Entry entry(BackupPage.Document document, int rank, long epoch, Dot dot) {
    DocumentBody body = document.versions().get(rank);
    long hlc = (long) document.versions().size() - rank;
    String uuid = document.uuid();
    DocumentVersion version = new DocumentVersion(dot, hlc, null, VersionVector.of(dot), body);
    return new DocumentEntry(
        document.collection(), epoch, new DocumentState(uuid, List.of(version), WriteMemory.EMPTY));
  }
}
