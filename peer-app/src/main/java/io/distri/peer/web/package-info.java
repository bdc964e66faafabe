/** The page, and what the terminal says to a running peer. */
@NullMarked
package io.distri.peer.web;

import org.jspecify.annotations.NullMarked;
