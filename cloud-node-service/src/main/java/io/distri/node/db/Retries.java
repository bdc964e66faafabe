package io.distri.node.db;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which versions of a document count, where clients have repeated requests at nodes that had not
 * heard of the first try.
 *
 * <p>The tries of one request have the same write id and content. Only one may count, and none may
 * undo what was written after another one:
 *
 * <ol>
 *   <li>Of the tries that nothing replaced, the latest counts.
 *   <li>A request of which some try has been replaced by another request doesn't count at all: the
 *       other one knew its effect, and overwrote or deleted it.
 *   <li>Two requests can have replaced each other, at nodes that saw them in opposite order, and so
 *       can more in a ring. Then the one counts whose first try was the latest.
 * </ol>
 *
 * <p>So every request either counts, or was knowingly replaced by one that counts or was itself
 * replaced; and at least one counts. All this follows from the state of the document alone, hence
 * is the same on every node that holds it.
 */
final class Retries {
  private final List<Request> requests = new ArrayList<>();

  /**
   * A request and its tries, as far as a document's state tells.
   *
   * @param live the tries that nothing replaced
   * @param tries those that are remembered, replaced ones included; empty for an unnamed write
   */
  private record Request(List<DocumentVersion> live, List<RememberedWrite> tries) {

    DocumentVersion latest() {
      return live.stream().max(DocumentVersion.EARLIER_FIRST).orElseThrow();
    }

    /** Whether a try of this request was made in knowledge of a try of the other. */
    boolean replaced(Request other) {
      return live.stream()
          .anyMatch(mine -> other.tries.stream().anyMatch(t -> mine.context().covers(t.dot())));
    }

    /** The order within a ring. */
    boolean beganAfter(Request other) {
      return RememberedWrite.NEWEST_FIRST.compare(tries.getLast(), other.tries.getLast()) < 0;
    }
  }

  private Retries(DocumentState state) {
    for (DocumentVersion version : state.versions()) {
      List<RememberedWrite> tries = tries(version, state.writes());
      requests.stream()
          .filter(request -> !tries.isEmpty() && request.tries().equals(tries))
          .findFirst()
          .ifPresentOrElse(
              request -> request.live().add(version),
              () -> requests.add(new Request(new ArrayList<>(List.of(version)), tries)));
    }
  }

  /** The versions that count, at least one. */
  static List<DocumentVersion> visible(DocumentState state) {
    if (state.versions().size() == 1) {
      return state.versions();
    }
    return new Retries(state).visible();
  }

  private List<DocumentVersion> visible() {
    boolean[][] replaced = replacements();
    List<DocumentVersion> visible = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      boolean counts = true;
      for (int j = 0; j < requests.size(); j++) {
        boolean ring = replaced[i][j];
        counts &=
            i == j || !replaced[j][i] || (ring && requests.get(i).beganAfter(requests.get(j)));
      }
      if (counts) {
        visible.add(requests.get(i).latest());
      }
    }
    return visible;
  }

  /** Which request has replaced which, directly or by way of others. */
  private boolean[][] replacements() {
    int n = requests.size();
    boolean[][] replaced = new boolean[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        replaced[i][j] = i != j && requests.get(i).replaced(requests.get(j));
      }
    }
    for (int via = 0; via < n; via++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          replaced[i][j] |= replaced[i][via] && replaced[via][j];
        }
      }
    }
    return replaced;
  }

  private static List<RememberedWrite> tries(DocumentVersion version, WriteMemory memory) {
    String id = version.writeId();
    if (id == null) {
      return List.of();
    }
    Optional<RememberedWrite> own = memory.find(version.dot());
    return memory.writes().stream()
        .filter(write -> write.id().equals(id))
        .filter(write -> own.isEmpty() || own.get().digest().equals(write.digest()))
        .toList();
  }
}
