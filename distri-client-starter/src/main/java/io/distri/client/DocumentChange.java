package io.distri.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document that was added, replaced or deleted.
 *
 * @param document as it is since; null where it was deleted
 */
public record DocumentChange(String uuid, @Nullable ObjectNode document) {}
