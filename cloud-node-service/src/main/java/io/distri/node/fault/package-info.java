/**
 * Faults that a node plays, in the profile {@code fault} only: dead, silent, slow, refusing or cut
 * off for a while, at random or on demand, so that people and tests see what a cluster does about
 * it. Without the profile nothing here is loaded.
 */
@NullMarked
package io.distri.node.fault;

import org.jspecify.annotations.NullMarked;
