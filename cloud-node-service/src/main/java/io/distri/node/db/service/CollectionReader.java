package io.distri.node.db.service;

import io.distri.node.db.Cursor;
import io.distri.node.db.DocumentStore;
import io.distri.node.db.Query;
import io.distri.node.db.ReadOutcome;
import io.distri.node.db.Refusal;
import io.distri.node.db.StoredDocument;
import io.distri.node.db.VersionVector;
import io.distri.node.db.filter.Filter;
import io.distri.node.problem.ProblemException;
import io.distri.node.service.ServiceRequest;
import io.distri.node.service.ServiceResponse;
import io.distri.protocol.Headers;
import io.distri.protocol.ProblemType;
import io.distri.protocol.ServiceNames;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads collections, whole or page by page; documents are written as they are found. Thread-safe.
 */
final class CollectionReader {
  private final DocumentStore documents;
  private final Sessions sessions;
  private final Scans scans;

  CollectionReader(DocumentStore documents, Sessions sessions, Scans scans) {
    this.documents = documents;
    this.sessions = sessions;
    this.scans = scans;
  }

  ServiceResponse read(ServiceRequest request) throws IOException, InterruptedException {
    String collection = CollectionWriter.collection(request);
    Filter filter = filter(request);
    Cursor cursor = cursor(request, collection, filter);
    Query query = new Query(collection, filter, limit(request), cursor);
    VersionVector seen =
        sessions.begin(request, cursor == null ? VersionVector.EMPTY : cursor.session());
    Scans.Scan scan = scans.begin(request);
    try {
      return switch (documents.read(query, scan)) {
        case ReadOutcome.Found found -> answer(request, seen, query, found, scan);
        case Refusal refusal -> throw CollectionWriter.refused(refusal);
      };
    } finally {
      scan.close();
    }
  }

  /** The filter in the call's body; none matches everything. */
  static Filter filter(ServiceRequest request) {
    return Filter.parse(request.bytes());
  }

  private static int limit(ServiceRequest request) {
    Optional<String> limit = request.option("limit");
    if (limit.isEmpty()) {
      return Query.UNLIMITED;
    }
    if (!limit.get().matches("[1-9]\\d{0,8}")) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, "limit is a number from 1 to 999999999.");
    }
    return Integer.parseInt(limit.get());
  }

  private static @Nullable Cursor cursor(ServiceRequest request, String collection, Filter filter) {
    return request
        .option("cursor")
        .map(text -> Cursor.parse(text, collection, filter))
        .orElse(null);
  }

  private ServiceResponse answer(
      ServiceRequest request,
      VersionVector seen,
      Query query,
      ReadOutcome.Found found,
      Scans.Scan scan) {
    boolean versions = flag(request, "versions");
    boolean conflicts = flag(request, "conflicts");
    ServiceResponse response =
        ServiceResponse.streamed(
            ServiceResponse.JSON, out -> write(found.documents(), versions, conflicts, scan, out));
    Cursor next = found.next();
    if (next != null) {
      response =
          response
              .withHeader(Headers.CURSOR, next.toText())
              .withHeader("Link", "<" + nextPage(request, query, next) + ">; rel=\"next\"");
    }
    return sessions.seen(response, seen.merge(found.session()));
  }

  private static String nextPage(ServiceRequest request, Query query, Cursor next) {
    StringBuilder link = new StringBuilder("/services/" + ServiceNames.READ_COLLECTION);
    link.append("?param=").append(URLEncoder.encode(query.collection(), StandardCharsets.UTF_8));
    link.append("&limit=").append(query.limit());
    for (String option : new String[] {"versions", "conflicts"}) {
      link.append(flag(request, option) ? "&" + option + "=true" : "");
    }
    return link.append("&cursor=").append(next.toText()).toString();
  }

  private static boolean flag(ServiceRequest request, String option) {
    return request.option(option).map(value -> value.equals("true")).orElse(false);
  }

  private static void write(
      Iterable<StoredDocument> documents,
      boolean versions,
      boolean conflicts,
      Scans.Scan scan,
      OutputStream out)
      throws IOException {
    try (scan) {
      char separator = '[';
      Iterator<StoredDocument> found = documents.iterator();
      while (found.hasNext()) {
        StoredDocument document = found.next();
        scan.rest();
        out.write(separator);
        document.writeTo(out, versions, conflicts);
        separator = ',';
      }
      if (separator == '[') {
        out.write('[');
      }
      out.write(']');
    }
  }
}
