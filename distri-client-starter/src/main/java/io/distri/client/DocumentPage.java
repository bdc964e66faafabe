package io.distri.client;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Some documents of a collection, in the order of their UUIDs.
 *
 * @param cursor where the next page starts; null on the last one
 */
public record DocumentPage(List<ObjectNode> documents, @Nullable String cursor) {

  public DocumentPage {
    documents = List.copyOf(documents);
  }

  /** Where the next page starts; empty on the last one. */
  public Optional<String> next() {
    return Optional.ofNullable(cursor);
  }
}
