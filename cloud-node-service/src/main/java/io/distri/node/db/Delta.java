package io.distri.node.db;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that another node lacks, out of one snapshot. The other merges the pages in any order, and
 * adopts {@link #version()} when it has them all, not before: a vector that ran ahead would hide
 * the rest from every later delta. Immutable and thread-safe.
 */
public final class Delta {
  /** How many entries a page has at most. */
  public static final int PAGE_ENTRIES = 500;

  /** How many bytes of entries a page has at most, unless a single entry has more. */
  public static final int PAGE_BYTES = 1 << 20;

  private final Snapshot snapshot;
  private final Coverage peerHas;

  Delta(Snapshot snapshot, Coverage peerHas) {
    this.snapshot = snapshot;
    this.peerHas = peerHas;
  }

  /** What the other node holds when all pages are in. */
  public Coverage version() {
    return snapshot.version();
  }

  /** The pages from the first on, each made when it is asked for; none where nothing lacks. */
  public Iterator<List<Entry>> pages() {
    return new Pages(Stream.concat(collections(), documents()).iterator());
  }

  /** Of a dropped collection that the base covers nothing is left that a vector could tell. */
  private Stream<Entry> collections() {
    boolean all = !peerHas.covers(snapshot.version().base());
    return snapshot.collections().values().stream()
        .filter(content -> all || !content.state().isCoveredBy(peerHas))
        .map(content -> new CollectionEntry(content.name(), content.state()));
  }

  private Stream<Entry> documents() {
    return snapshot.liveBeyond(peerHas).flatMap(live -> documentAt(live).stream());
  }

  /** The document, at the first of its live dots that the other lacks, so that it comes once. */
  private Optional<Entry> documentAt(Map.Entry<Dot, EntryKey> live) {
    EntryKey key = live.getValue();
    DocumentState document = Objects.requireNonNull(snapshot.document(key));
    return document.versions().stream()
        .map(DocumentVersion::dot)
        .filter(dot -> !peerHas.covers(dot))
        .findFirst()
        .filter(live.getKey()::equals)
        .map(first -> new DocumentEntry(key.collection(), key.epoch(), document));
  }

  private static final class Pages implements Iterator<List<Entry>> {
    private final Iterator<Entry> entries;
    private @Nullable Entry held;

    Pages(Iterator<Entry> entries) {
      this.entries = entries;
    }

    @Override
    public boolean hasNext() {
      return held != null || entries.hasNext();
    }

    @Override
    public List<Entry> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      List<Entry> page = new ArrayList<>();
      long bytes = 0;
      while (page.size() < PAGE_ENTRIES && hasNext()) {
        Entry next = held != null ? held : entries.next();
        bytes += next.sizeBytes();
        if (!page.isEmpty() && bytes > PAGE_BYTES) {
          held = next;
          break;
        }
        held = null;
        page.add(next);
      }
      return List.copyOf(page);
    }
  }
}
