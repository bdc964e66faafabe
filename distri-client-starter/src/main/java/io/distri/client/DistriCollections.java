package io.distri.client;

import io.distri.protocol.Headers;
import io.distri.protocol.ServiceNames;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The typed face of the document DB. Documents are JSON objects. Numbers keep all their digits; one
 * that was parsed is spelt as {@link java.math.BigDecimal} does, one that is given as text stays as
 * it is.
 *
 * <p>As safe for threads as its client. Every method blocks and throws {@link DistriException} as
 * {@link DistriClient#send} does; where a node answers something else than documents, Jackson's own
 * exception says so.
 */
public final class DistriCollections {

  /** Documents a page, where all are streamed: a fraction of a second's work for any node. */
  private static final int PAGE = 500;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final DistriClient client;

  /** The collections that a client reaches. */
  public DistriCollections(DistriClient client) {
    this.client = client;
  }

  /**
   * Creates a collection.
   *
   * @return whether it is new; one that exists is no error
   */
  public boolean create(String collection) {
    byte[] name = collection.getBytes(StandardCharsets.UTF_8);
    return client.send(DistriRequest.to(ServiceNames.CREATE_COLLECTION).body(name).build()).status()
        == 201;
  }

  /** Deletes a collection with all its documents. */
  public void delete(String collection) {
    client.send(request(ServiceNames.DELETE_COLLECTION, collection, "").build());
  }

  /** Adds a document; one without a {@code UUID} gets one. */
  public WrittenDocument add(String collection, ObjectNode document) {
    return add(collection, document.toString());
  }

  /** Adds a document given as JSON; one without a {@code UUID} gets one. */
  public WrittenDocument add(String collection, String document) {
    return write(request(ServiceNames.ADD_DOCUMENT, collection, document));
  }

  /** Replaces the document with this one's {@code UUID}; adds it where there is none. */
  public WrittenDocument update(String collection, ObjectNode document) {
    return update(collection, document.toString());
  }

  /** Replaces a document by one given as JSON; see {@link #update(String, ObjectNode)}. */
  public WrittenDocument update(String collection, String document) {
    return write(request(ServiceNames.UPDATE_DOCUMENT, collection, document));
  }

  /**
   * Replaces a document if it still has the version; otherwise {@link RejectedException}, status
   * 409.
   *
   * @param version as {@link WrittenDocument#version} or a document's {@code _version} tells it
   */
  public WrittenDocument updateIfVersion(String collection, ObjectNode document, String version) {
    return write(
        request(ServiceNames.UPDATE_DOCUMENT, collection, document.toString()).ifVersion(version));
  }

  private WrittenDocument write(DistriRequest.Builder request) {
    DistriResponse response = client.send(request.build());
    return new WrittenDocument(
        new String(response.body(), StandardCharsets.UTF_8),
        response.header(Headers.VERSION).orElse(""));
  }

  /**
   * Deletes the documents that match a filter; tells how many. A filter that leaves no document out
   * is refused: {@link #deleteAllDocuments} says that it is meant.
   */
  public long deleteDocuments(String collection, JsonNode filter) {
    return deleteDocuments(collection, filter.toString());
  }

  /** Deletes the documents that match a filter given as JSON; tells how many. */
  public long deleteDocuments(String collection, String filter) {
    return deleted(request(ServiceNames.DELETE_DOCUMENT, collection, filter));
  }

  /** Deletes every document and keeps the collection; tells how many there were. */
  public long deleteAllDocuments(String collection) {
    return deleted(request(ServiceNames.DELETE_DOCUMENT, collection, "").all());
  }

  private long deleted(DistriRequest.Builder request) {
    return JSON.readTree(client.send(request.build()).body()).path("deleted").asLong(0);
  }

  /** Reads all documents of a query at once. */
  public List<ObjectNode> read(String collection, DocumentQuery query) {
    return documents(client.send(read(collection, query, 0, null)));
  }

  /**
   * Reads a page.
   *
   * @param limit most documents in it
   * @param cursor from the page before; null for the first
   */
  public DocumentPage readPage(
      String collection, DocumentQuery query, int limit, @Nullable String cursor) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit + ": it must be at least 1");
    }
    DistriResponse response = client.send(read(collection, query, limit, cursor));
    return new DocumentPage(documents(response), response.header(Headers.CURSOR).orElse(null));
  }

  /**
   * Streams all documents of a query, page by page as they are asked for. A document that is there
   * throughout appears exactly once, whatever is written meanwhile.
   */
  public Stream<ObjectNode> stream(String collection, DocumentQuery query) {
    Iterator<DocumentPage> pages = new Pages(collection, query);
    int ordered = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, ordered), false)
        .flatMap(page -> page.documents().stream());
  }

  /** All documents of a collection, and then what changes in it, until it is closed. */
  public DocumentChanges changes(String collection) {
    return changes(collection, "");
  }

  /**
   * What changed in a collection and what changes in it, until it is closed.
   *
   * @param token where to go on, see {@link DocumentChanges#token}; empty for the beginning
   */
  public DocumentChanges changes(String collection, String token) {
    return new DocumentChanges(client, JSON, collection, token);
  }

  private static DistriRequest read(
      String collection, DocumentQuery query, int limit, @Nullable String cursor) {
    DistriRequest.Builder request =
        request(ServiceNames.READ_COLLECTION, collection, query.filter());
    if (limit > 0) {
      request.limit(limit);
    }
    if (cursor != null) {
      request.cursor(cursor);
    }
    if (query.versions()) {
      request.versions();
    }
    if (query.conflicts()) {
      request.conflicts();
    }
    return request.build();
  }

  private static List<ObjectNode> documents(DistriResponse response) {
    return JSON.readerForListOf(ObjectNode.class).readValue(response.body());
  }

  private static DistriRequest.Builder request(String service, String collection, String body) {
    return DistriRequest.to(service).params(collection).body(body.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads one page after the other, each when it is asked for. */
  private final class Pages implements Iterator<DocumentPage> {
    private final String collection;
    private final DocumentQuery query;
    private @Nullable String cursor;
    private boolean more = true;

    Pages(String collection, DocumentQuery query) {
      this.collection = collection;
      this.query = query;
    }

    @Override
    public boolean hasNext() {
      return more;
    }

    @Override
    public DocumentPage next() {
      if (!more) {
        throw new NoSuchElementException();
      }
      DocumentPage page = readPage(collection, query, PAGE, cursor);
      cursor = page.cursor();
      more = cursor != null;
      return page;
    }
  }
}
