package io.distri.client;

import java.util.List;
import java.util.stream.Collectors;

/** A call that did not succeed. The subclasses say what is known of its effects. */
public abstract sealed class DistriException extends RuntimeException
    permits CallInterruptedException,
        DeadlinePassedException,
        NoNodeKnownException,
        OutcomeUnknownException,
        RefusedEverywhereException,
        RejectedException {

  /** More nodes than this make a message that nobody reads. */
  private static final int NODES_NAMED = 8;

  private final String service;
  private final List<NodeTry> tries;

  DistriException(String message, String service, List<NodeTry> tries) {
    super(tries.isEmpty() ? message : message + " Tried " + named(tries));
    this.service = service;
    this.tries = List.copyOf(tries);
  }

  private static String named(List<NodeTry> tries) {
    String shown =
        tries.stream().limit(NODES_NAMED).map(NodeTry::toString).collect(Collectors.joining("; "));
    int more = tries.size() - NODES_NAMED;
    return shown + (more > 0 ? "; and " + more + " more nodes." : ".");
  }

  /** The service that was called. */
  public String service() {
    return service;
  }

  /** The nodes that were tried and what came of it, in the order of their first try. */
  public List<NodeTry> tries() {
    return tries;
  }

  abstract CallListener.Outcome outcome();
}
