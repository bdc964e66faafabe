package io.distri.node.db.service;

import io.distri.node.db.CreateOutcome;
import io.distri.node.db.DeleteOutcome;
import io.distri.node.db.Document;
import io.distri.node.db.DocumentStore;
import io.distri.node.db.DropOutcome;
import io.distri.node.db.Refusal;
import io.distri.node.db.VersionVector;
import io.distri.node.db.WriteOutcome;
import io.distri.node.db.Written;
import io.distri.node.db.filter.Filter;
import io.distri.node.problem.ProblemException;
import io.distri.node.service.ServiceRequest;
import io.distri.node.service.ServiceResponse;
import io.distri.protocol.Headers;
import io.distri.protocol.ProblemType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes collections and documents, for five of the six services. Thread-safe. */
final class CollectionWriter {
  /** A collection's name has 128 characters at most. */
  static final int NAME_BYTES = 1024;

  private final DocumentStore documents;
  private final Sessions sessions;
  private final Scans scans;
  private final int maxCollections;

  CollectionWriter(DocumentStore documents, Sessions sessions, Scans scans, int maxCollections) {
    this.documents = documents;
    this.sessions = sessions;
    this.scans = scans;
    this.maxCollections = maxCollections;
  }

  ServiceResponse createCollection(ServiceRequest request)
      throws IOException, InterruptedException {
    String name = new String(body(request), StandardCharsets.UTF_8).strip();
    VersionVector seen = sessions.beginWrite(request);
    return switch (documents.createCollection(name, maxCollections, writeId(request))) {
      case CreateOutcome.Created created ->
          written(
              request, seen, ServiceResponse.ofText("created").withStatus(201), created.session());
      case CreateOutcome.Exists exists ->
          written(request, seen, ServiceResponse.ofText("exists"), exists.session());
      case Refusal refusal -> throw refused(refusal);
    };
  }

  ServiceResponse deleteCollection(ServiceRequest request)
      throws IOException, InterruptedException {
    String collection = collection(request);
    VersionVector seen = sessions.beginWrite(request);
    return switch (documents.deleteCollection(collection, writeId(request))) {
      case DropOutcome.Dropped dropped ->
          written(request, seen, ServiceResponse.ofText("deleted"), dropped.session());
      case Refusal refusal -> throw refused(refusal);
    };
  }

  ServiceResponse addDocument(ServiceRequest request) throws IOException, InterruptedException {
    String collection = collection(request);
    Document document = Document.parse(body(request));
    VersionVector seen = sessions.beginWrite(request);
    return answer(request, seen, documents.add(collection, document, writeId(request)));
  }

  ServiceResponse updateDocument(ServiceRequest request) throws IOException, InterruptedException {
    String collection = collection(request);
    Document document = Document.parse(body(request));
    VersionVector seen = sessions.beginWrite(request);
    String ifVersion = request.option("ifVersion").orElse(null);
    return answer(
        request, seen, documents.update(collection, document, ifVersion, writeId(request)));
  }

  private ServiceResponse answer(ServiceRequest request, VersionVector seen, WriteOutcome outcome)
      throws InterruptedException {
    return switch (outcome) {
      case Written written ->
          written(request, seen, uuid(written.uuid(), written.version()), written.session());
      case WriteOutcome.Existing existing ->
          written(request, seen, uuid(existing.uuid(), existing.version()), existing.session());
      case Refusal refusal -> throw refused(refusal);
    };
  }

  private static ServiceResponse uuid(String uuid, String version) {
    return ServiceResponse.ofText(uuid).withHeader(Headers.VERSION, version);
  }

  ServiceResponse deleteDocuments(ServiceRequest request) throws IOException, InterruptedException {
    String collection = collection(request);
    Filter filter = CollectionReader.filter(request);
    if (filter.isEmpty() && !request.option("all").orElse("").equals("true")) {
      throw new ProblemException(
          ProblemType.EMPTY_FILTER,
          "This filter leaves no document out: say all=true if that is meant.");
    }
    VersionVector seen = sessions.beginWrite(request);
    DeleteOutcome outcome;
    try (Scans.Scan scan = scans.begin(request)) {
      outcome = documents.delete(collection, filter, writeId(request), scan);
    }
    return switch (outcome) {
      case DeleteOutcome.Deleted deleted ->
          written(
              request,
              seen,
              ServiceResponse.of(
                  ServiceResponse.JSON,
                  ("{\"deleted\":" + deleted.documents() + "}")
                      .getBytes(StandardCharsets.US_ASCII)),
              deleted.session());
      case Refusal refusal -> throw refused(refusal);
    };
  }

  private ServiceResponse written(
      ServiceRequest request, VersionVector seen, ServiceResponse response, VersionVector writes)
      throws InterruptedException {
    return sessions.written(response, seen, writes, request.deadline());
  }

  /**
   * The collection that the call names.
   *
   * @throws ProblemException where it names none
   */
  static String collection(ServiceRequest request) {
    String collection = request.param();
    if (collection == null || collection.isEmpty()) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, "Name the collection: ?param=collection.");
    }
    return collection;
  }

  static ProblemException refused(Refusal refusal) {
    return refusal instanceof Refusal.ClockAhead ahead
        ? new ProblemException(refusal.problem(), refusal.detail(), ahead.lead())
        : new ProblemException(refusal.problem(), refusal.detail());
  }

  private static byte[] body(ServiceRequest request) {
    byte[] body = request.bytes();
    if (body.length == 0) {
      throw new ProblemException(ProblemType.EMPTY_BODY, "This service wants a body.");
    }
    return body;
  }

  private static @Nullable String writeId(ServiceRequest request) {
    return request.header(Headers.IDEMPOTENCY_KEY).orElse(null);
  }
}
