package io.distri.node.db;

import io.distri.node.db.json.ContentDigest;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that a node holds of one document: the writes that no other write has replaced, and enough of
 * the past to tell what is new.
 *
 * <p>A <b>twin</b> is the same request made at two nodes because the client retried it: two writes
 * with the same write id and content. Only one of them counts; the other stays hidden until the
 * next write replaces both. Which are hidden follows from the state alone, and so is the same on
 * every node that holds it:
 *
 * <ul>
 *   <li>where one twin has been replaced, all are hidden: the retry must not bring back what was
 *       overwritten or deleted since;
 *   <li>else all but the latest.
 * </ul>
 *
 * @param uuid which document
 * @param versions the writes that nothing replaced, by dot; at least one, more where nodes wrote
 *     without knowing of each other
 * @param context every write of this document that led here
 * @param writes the newest named writes, {@value #REMEMBERED_WRITES} of them
 */
public record DocumentState(
    String uuid, List<DocumentVersion> versions, VersionVector context, WriteMemory writes) {
  /**
   * How many named writes a document remembers. A retry comes within seconds; only a document that
   * is written this often meanwhile forgets it.
   */
  static final int REMEMBERED_WRITES = 16;

  private static final Comparator<DocumentVersion> WINNER_LAST =
      Comparator.comparing((DocumentVersion version) -> !version.isTombstone())
          .thenComparingLong(DocumentVersion::hlc)
          .thenComparing(DocumentVersion::dot);

  public DocumentState {
    versions = List.copyOf(versions);
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("a document has at least one version");
    }
    for (int i = 0; i < versions.size(); i++) {
      if (!context.covers(versions.get(i).dot())) {
        throw new IllegalArgumentException("a document's context covers its versions");
      }
      if (i > 0 && versions.get(i - 1).dot().compareTo(versions.get(i).dot()) >= 0) {
        throw new IllegalArgumentException("a document's versions are listed by dot");
      }
    }
  }

  /** A document that nobody wrote before. */
  static DocumentState first(String uuid, DocumentVersion version, ContentDigest digest) {
    return of(uuid, version, VersionVector.EMPTY, WriteMemory.EMPTY, digest);
  }

  /** What a write makes of all that is held here. */
  DocumentState replacedBy(DocumentVersion version, ContentDigest digest) {
    return of(uuid, version, context, writes, digest);
  }

  private static DocumentState of(
      String uuid,
      DocumentVersion version,
      VersionVector before,
      WriteMemory remembered,
      ContentDigest digest) {
    String id = version.writeId();
    WriteMemory writes =
        id == null
            ? remembered
            : remembered.with(
                new RememberedWrite(id, digest, version.dot(), version.hlc(), 1),
                REMEMBERED_WRITES);
    return new DocumentState(uuid, List.of(version), before.with(version.dot()), writes);
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

  /** Whether reads don't find the document. */
  public boolean isDeleted() {
    return winner().isTombstone();
  }

  /** The versions that count: all but hidden twins. */
  List<DocumentVersion> visible() {
    return versions.size() == 1
        ? versions
        : versions.stream().filter(version -> !isHidden(version)).toList();
  }

  /**
   * The name of what a reader can see of this document, 16 hex digits: another one as soon as any
   * visible write is added or replaced, the same on every node, and the same for both of two twins.
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

  private static String version(String writes) {
    long hash = ContentDigest.of(writes.getBytes(StandardCharsets.UTF_8)).high();
    return HexFormat.of().toHexDigits(hash);
  }

  private boolean isHidden(DocumentVersion version) {
    String id = version.writeId();
    if (id == null) {
      return false;
    }
    Optional<RememberedWrite> own = writes.find(version.dot());
    return writes.writes().stream()
        .filter(twin -> twin.id().equals(id) && !twin.dot().equals(version.dot()))
        .filter(twin -> own.isEmpty() || own.get().digest().equals(twin.digest()))
        .anyMatch(twin -> !isLive(twin.dot()) || !version.isLaterThan(twin.hlc(), twin.dot()));
  }

  private boolean isLive(Dot dot) {
    return versions.stream().anyMatch(version -> version.dot().equals(dot));
  }
}
