/**
 * How a node becomes a member: both sides prove that they hold the cluster's secret, bound to both
 * keys.
 */
@NullMarked
package io.distri.node.join;

import org.jspecify.annotations.NullMarked;
