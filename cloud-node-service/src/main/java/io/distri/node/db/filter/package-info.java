/**
 * The query language of the document DB: what a filter can say, and whether a document satisfies
 * it. {@link io.distri.node.db.filter.Filter} describes the language.
 */
@NullMarked
package io.distri.node.db.filter;

import org.jspecify.annotations.NullMarked;
