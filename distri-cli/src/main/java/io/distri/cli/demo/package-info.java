/**
 * The demo: a guided tour with real results on three nodes, then a page on which visitors try to
 * break them. The page is for this machine only.
 */
@NullMarked
package io.distri.cli.demo;

import org.jspecify.annotations.NullMarked;
