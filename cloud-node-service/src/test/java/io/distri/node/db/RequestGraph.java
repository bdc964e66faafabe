package io.distri.node.db;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which requests for one document were knowingly replaced by which, in any of their tries. */
final class RequestGraph {
  private final Map<String, List<WriteRecord>> tries = new LinkedHashMap<>();
  private final Map<String, Set<String>> replacedBy = new LinkedHashMap<>();

  RequestGraph(Collection<WriteRecord> writes) {
    for (WriteRecord write : writes) {
      tries.computeIfAbsent(write.request(), request -> new ArrayList<>()).add(write);
    }
    tries.keySet().forEach(request -> replacedBy.put(request, reachable(request)));
  }

  /** What is wrong with a node that shows these versions; empty if nothing. */
  List<String> objections(List<DocumentVersion> visible) {
    List<String> objections = new ArrayList<>();
    Set<String> shown = new TreeSet<>();
    Set<Dot> dots = visible.stream().map(DocumentVersion::dot).collect(Collectors.toSet());
    tries.forEach((request, ofRequest) -> {
      long times = ofRequest.stream().filter(write -> dots.contains(write.dot())).count();
      if (times > 1) {
        objections.add("two tries of " + request + " count");
      }
      if (times > 0) {
        shown.add(request);
      }
    });
    for (String request : tries.keySet()) {
      Set<String> later = replacedBy.get(request);
      if (!shown.contains(request) && later.stream().noneMatch(shown::contains)) {
        objections.add(request + " neither counts nor was replaced by one that does");
      }
      if (shown.contains(request)
          && later.stream().anyMatch(other -> !replacedBy.get(other).contains(request))) {
        objections.add(request + " counts although it was replaced");
      }
    }
    return objections;
  }

  /** The requests that replaced it, directly or by way of others; itself where it is in a ring. */
  private Set<String> reachable(String request) {
    Set<String> reached = new HashSet<>();
    List<String> open = new ArrayList<>(List.of(request));
    while (!open.isEmpty()) {
      List<WriteRecord> from = tries.get(open.removeLast());
      tries.forEach((other, ofOther) -> {
        boolean replaced =
            ofOther.getFirst() != from.getFirst()
                && ofOther.stream().anyMatch(w -> from.stream().anyMatch(w::replaced));
        if (replaced && reached.add(other)) {
          open.add(other);
        }
      });
    }
    return reached;
  }
}
