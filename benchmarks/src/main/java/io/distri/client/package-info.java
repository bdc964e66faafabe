/** What the client's call path costs; in its own package, to reach its transport. */
@NullMarked
package io.distri.client;

import org.jspecify.annotations.NullMarked;
