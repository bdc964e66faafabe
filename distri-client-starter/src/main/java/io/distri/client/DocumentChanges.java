package io.distri.client;

import io.distri.protocol.ProblemType;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What changes in a collection, as it changes: each document as it is after the change. It goes on
 * at another node where one goes away, and then may tell changes a second time, but leaves none
 * out. Several changes of one document in a short time are told as one.
 *
 * <p>Nodes forget deletions after a while ({@code distri.node.db.forget-after}, ten minutes). While
 * this waits in {@link #hasNext} it keeps up with them, however little changes. But after a longer
 * time without a call, or with an older {@link #token}, {@link #hasNext} throws {@link
 * RejectedException} with the problem {@code changes-forgotten}. Drop what the changes so far have
 * come to, then, and listen from the beginning.
 *
 * <p>For one thread; another one may close it. It holds a connection of its client.
 */
public final class DocumentChanges implements Iterator<DocumentChange>, AutoCloseable {

  private static final String UUID = "UUID";

  /** After a stream that brought nothing, so that a node which ends each at once is not flooded. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final DistriClient client;
  private final JsonMapper json;
  private final String path;
  private volatile String token;
  private volatile boolean closed;
  private volatile @Nullable EventStream stream;
  private @Nullable DocumentChange next;
  private String tokenOfNext = "";
  private boolean ended;
  private boolean heard;

  DocumentChanges(DistriClient client, JsonMapper json, String collection, String token) {
    this.client = client;
    this.json = json;
    this.path =
        "/collections/" + URLEncoder.encode(collection, StandardCharsets.UTF_8) + "/changes";
    this.token = token;
  }

  /**
   * Where to go on later, after all that {@link #next} has returned, or a little before; empty
   * while that is the beginning. It moves on while {@link #hasNext} waits, so that it stays good.
   */
  public String token() {
    return token;
  }

  /**
   * Waits for a change; false once the collection was deleted or this was closed.
   *
   * @throws DistriException where no node answers within the client's deadline, or they refuse:
   *     {@link RejectedException} of status 410, whose problem {@link Problem#is} {@link
   *     ProblemType#COLLECTION_DELETED} where the collection of the token was deleted, and {@link
   *     ProblemType#CHANGES_FORGOTTEN} where the token is too old
   */
  @Override
  public boolean hasNext() {
    while (next == null && !ended && !closed) {
      try {
        take(open().next());
      } catch (IOException lost) {
        reconnect();
      }
    }
    return next != null;
  }

  @Override
  public DocumentChange next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    DocumentChange change = next;
    next = null;
    token = tokenOfNext;
    if (change == null) {
      throw new NoSuchElementException();
    }
    return change;
  }

  private EventStream open() throws IOException {
    EventStream open = stream;
    if (open == null) {
      open = client.listen(path, token);
      stream = open;
      heard = false;
      if (closed) {
        open.close();
      }
    }
    return open;
  }

  private void take(@Nullable ServerEvent event) {
    if (event == null) {
      reconnect();
      return;
    }
    heard = true;
    switch (event.type()) {
      case "document" -> {
        ObjectNode document = json.readValue(event.data(), ObjectNode.class);
        next = new DocumentChange(document.path(UUID).asString(""), document);
      }
      case "deleted" ->
          next = new DocumentChange(json.readTree(event.data()).path(UUID).asString(""), null);
      case "collection-deleted" -> ended = true;
      case "changes-forgotten" -> {
        reconnect();
        Problem problem = Problems.of(event);
        throw new RejectedException(
            path + " is told no further: " + problem, path, problem, List.of());
      }
      default -> {}
    }
    tokenOfNext = event.id().isEmpty() ? token : event.id();
    if (next == null) {
      token = tokenOfNext;
    }
  }

  private void reconnect() {
    EventStream lost = stream;
    stream = null;
    if (lost != null) {
      lost.close();
      if (!heard && !closed) {
        pause();
      }
    }
  }

  private void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CallInterruptedException(
          path + " is not listened to any more: the calling thread was interrupted.",
          path,
          List.of());
    }
  }

  /** Ends the waiting of {@link #hasNext}, with false. */
  @Override
  public void close() {
    closed = true;
    EventStream open = stream;
    if (open != null) {
      open.close();
    }
  }
}
