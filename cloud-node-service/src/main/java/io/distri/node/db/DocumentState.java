package io.distri.node.db;

import io.distri.node.db.json.ContentDigest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that a node holds of one document: the writes that no other write has replaced, and what is
 * needed to recognise a repeated one.
 *
 * @param uuid which document
 * @param versions what nothing replaced, by dot; at least one, more where nodes wrote without
 *     knowing of each other, but never two of one actor
 * @param writes the newest named writes, {@value #REMEMBERED_WRITES} of them
 */
public record DocumentState(String uuid, List<DocumentVersion> versions, WriteMemory writes) {
  /**
   * How many named writes a document remembers. A retry comes within seconds; only a document that
   * is written this often meanwhile forgets it.
   */
  static final int REMEMBERED_WRITES = 16;

  private static final Comparator<DocumentVersion> WINNER_LAST =
      Comparator.comparing((DocumentVersion version) -> !version.isTombstone())
          .thenComparing(DocumentVersion.EARLIER_FIRST);

  public DocumentState {
    versions = List.copyOf(versions);
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("a document has at least one version");
    }
    for (int i = 1; i < versions.size(); i++) {
      if (versions.get(i - 1).dot().compareTo(versions.get(i).dot()) >= 0) {
        throw new IllegalArgumentException("a document's versions are listed by dot");
      }
      for (int j = 0; j < i; j++) {
        if (versions.get(i).replaces(versions.get(j))
            || versions.get(j).replaces(versions.get(i))) {
          throw new IllegalArgumentException("a document's versions have not replaced each other");
        }
      }
    }
  }

  /**
   * What a write makes of a document: it replaces all that is held.
   *
   * @param held null where the document is new here
   * @param body null to delete
   * @param name null where the client gave the write none
   */
  static DocumentState written(
      @Nullable DocumentState held,
      String uuid,
      Dot dot,
      long hlc,
      @Nullable DocumentBody body,
      @Nullable WriteName name) {
    VersionVector before = held == null ? VersionVector.EMPTY : held.context();
    DocumentVersion version =
        new DocumentVersion(dot, hlc, name == null ? null : name.id(), before.with(dot), body);
    WriteMemory writes = held == null ? WriteMemory.EMPTY : held.writes;
    if (name != null) {
      writes = writes.with(name.remember(dot, hlc, 1), REMEMBERED_WRITES);
    }
    return new DocumentState(uuid, List.of(version), writes);
  }

  /**
   * The version that reads answer with: a document before a tombstone, so that an update beats a
   * delete that didn't know of it, then the latest.
   */
  public DocumentVersion winner() {
    return versions.size() == 1
        ? versions.getFirst()
        : visible().stream().max(WINNER_LAST).orElseThrow();
  }

  /** The other documents that nodes wrote at the same time; empty in the usual case. */
  public List<DocumentVersion> siblings() {
    if (versions.size() == 1) {
      return List.of();
    }
    DocumentVersion winner = winner();
    return visible().stream()
        .filter(version -> !version.isTombstone() && !version.dot().equals(winner.dot()))
        .sorted(WINNER_LAST.reversed())
        .toList();
  }

  /** How many bytes the bodies have. */
  long bodyBytes() {
    long bytes = 0;
    for (DocumentVersion version : versions) {
      bytes += version.body() == null ? 0 : version.body().sizeBytes();
    }
    return bytes;
  }

  /** Whether reads don't find the document. */
  boolean isDeleted() {
    return winner().isTombstone();
  }

  /**
   * Whether the document is deleted, and every write that led to that is covered: then nothing that
   * it remembers is needed to understand what can still come.
   */
  boolean isForgettable(VersionVector base) {
    return isDeleted() && base.covers(context()) && writes.isCoveredBy(base);
  }

  /**
   * What of this a node doesn't know yet. A version that it covers but doesn't hold was replaced,
   * or forgotten after it was deleted, and must not come back.
   *
   * @param held what the node holds of the document; null where nothing
   * @return null where it knows it all
   */
  @Nullable DocumentState unknownTo(Coverage covered, @Nullable DocumentState held) {
    List<DocumentVersion> unknown = new ArrayList<>(versions.size());
    for (DocumentVersion version : versions) {
      if (!covered.covers(version.dot()) || (held != null && held.holds(version.dot()))) {
        unknown.add(version);
      }
    }
    if (unknown.isEmpty()) {
      return null;
    }
    return unknown.size() == versions.size() ? this : new DocumentState(uuid, unknown, writes);
  }

  boolean holds(Dot dot) {
    for (DocumentVersion version : versions) {
      if (version.dot().equals(dot)) {
        return true;
      }
    }
    return false;
  }

  /** The versions that count, at least one: not every try of a retried write does. */
  List<DocumentVersion> visible() {
    return Retries.visible(this);
  }

  /** Every write of this document that led here. */
  VersionVector context() {
    VersionVector context = versions.getFirst().context();
    for (DocumentVersion version : versions) {
      context = context.merge(version.context());
    }
    return context;
  }

  /**
   * The name of what counts of this document, 16 hex digits: another one as soon as a write is
   * added or replaced, the same on every node, and the same whichever try of a write it was.
   */
  public String version() {
    return version(
        visible().stream()
            .map(version ->
                version.writeId() == null ? "." + version.dot() : "/" + version.writeId())
            .sorted()
            .collect(Collectors.joining("\n")));
  }

  /** What {@link #version()} is right after the write. */
  static String version(RememberedWrite write) {
    return version("/" + write.id());
  }

  /** The writes that a session which has seen this document has to see from then on. */
  VersionVector session() {
    VersionVector session = VersionVector.EMPTY;
    for (DocumentVersion version : visible()) {
      session = session.with(version.dot());
    }
    return session;
  }

  /** A number that differs, but for one case in 2^64, where versions or bodies do. */
  long digest() {
    long digest = 0;
    for (DocumentVersion version : versions) {
      long body = version.body() == null ? 0 : version.body().hashCode();
      digest +=
          Mix.of(
              Mix.of(version.dot().actor() + uuid.hashCode())
                  + version.dot().seq()
                  + (body << Integer.SIZE));
    }
    return digest;
  }

  private static String version(String writes) {
    long hash = ContentDigest.of(writes.getBytes(StandardCharsets.UTF_8)).high();
    return HexFormat.of().toHexDigits(hash);
  }
}
