/**
 * JSON as the document DB reads it: strict parsing within limits, one total order over all values,
 * and digests that don't depend on spelling. Input that isn't acceptable is an {@link
 * io.distri.node.db.json.InvalidInputException}.
 */
@NullMarked
package io.distri.node.db.json;

import org.jspecify.annotations.NullMarked;
