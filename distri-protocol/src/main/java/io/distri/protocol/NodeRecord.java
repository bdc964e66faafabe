package io.distri.protocol;

import java.util.List;

/**
 * A row of the node table as clients see it ({@code GET /nodes}).
 *
 * @param id SHA-256 of the node's public key, hexadecimal
 * @param address {@code host:port} where clients reach it
 * @param state as the answering node sees it
 * @param load the last {@link LoadReport} in the header's spelling; empty where none is known
 * @param services names of the services that it offers
 * @param dbVersion sum of its version vector
 */
public record NodeRecord(
    String id,
    String address,
    NodeState state,
    String load,
    List<String> services,
    long dbVersion) {

  public NodeRecord {
    services = List.copyOf(services);
  }
}
