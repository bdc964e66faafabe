package io.distri.node.db;

import org.jspecify.annotations.Nullable;

/**
 * A document that was added, replaced or deleted.
 *
 * @param body as reads find it now; null where they don't
 */
public record ChangedDocument(String uuid, @Nullable DocumentBody body) {}
