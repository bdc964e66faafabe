/**
 * What nodes, clients and peers say to each other: service names, headers, load reports, records
 * and problems. No Spring, no I/O.
 */
@NullMarked
package io.distri.protocol;

import org.jspecify.annotations.NullMarked;
