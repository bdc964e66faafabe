package io.distri.client;

import io.distri.protocol.NodeStats;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Calls services of a Distri cluster: bytes in, bytes out. Each call goes to the node that is
 * expected to answer first; a node that refuses or is down costs a try, not the call.
 *
 * <p>Safe for use by many threads; make one and share it. The methods that return bytes block, for
 * at most the deadline. They throw {@link DistriException} where the call did not succeed, and
 * {@link IllegalStateException} once the client is closed.
 */
public interface DistriClient extends AutoCloseable {

  /** Begins a client. */
  static DistriClientBuilder builder() {
    return new DistriClientBuilder();
  }

  /** Makes a call and waits for its answer. */
  DistriResponse send(DistriRequest request);

  /**
   * Makes a call without waiting. The deadline counts from now, also while the call waits for a
   * thread. The future ends exceptionally with what {@link #send} would throw; cancelling it stops
   * a call that has not begun.
   */
  CompletableFuture<DistriResponse> sendAsync(DistriRequest request);

  /**
   * Listens at one of the nodes for server-sent events; blocks until one answers, for at most the
   * deadline. {@link DistriCollections#changes} makes documents of them, and goes on where a node
   * went away.
   *
   * @param path that nodes stream at
   * @param lastEventId where to go on; empty for the beginning
   */
  EventStream listen(String path, String lastEventId);

  /**
   * Asks every node for its stats, all at once, without an election: what each of them answered, or
   * why it didn't. Takes a few seconds at most where nodes are silent.
   */
  List<NodeAnswer> askStats();

  /** The stats of the nodes that answered; {@link #askStats} tells of the others, too. */
  default List<NodeStats> collectStats() {
    return askStats().stream()
        .filter(NodeAnswer.Answered.class::isInstance)
        .map(answer -> ((NodeAnswer.Answered) answer).stats())
        .toList();
  }

  /** Calls a service without parameters. */
  default byte[] sendData(byte[] data, String service) {
    return sendDataWithParams(data, service);
  }

  /** Calls a service. */
  default byte[] sendDataWithParams(byte[] data, String service, String... params) {
    return send(DistriRequest.to(service).body(data).params(params).build()).body();
  }

  /** {@link #sendData}, without waiting; see {@link #sendAsync}. */
  default CompletableFuture<byte[]> sendDataAsync(byte[] data, String service) {
    return sendDataWithParamsAsync(data, service);
  }

  /** {@link #sendDataWithParams}, without waiting; see {@link #sendAsync}. */
  default CompletableFuture<byte[]> sendDataWithParamsAsync(
      byte[] data, String service, String... params) {
    return sendAsync(DistriRequest.to(service).body(data).params(params).build())
        .thenApply(DistriResponse::body);
  }

  /** Ends the client: calls that run are cut off, later ones are refused. */
  @Override
  void close();
}
