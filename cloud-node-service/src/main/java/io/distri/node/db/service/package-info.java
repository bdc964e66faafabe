/** The document DB as services: what of a call is what of the DB. */
@NullMarked
package io.distri.node.db.service;

import org.jspecify.annotations.NullMarked;
