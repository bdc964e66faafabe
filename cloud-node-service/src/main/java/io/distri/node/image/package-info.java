/** What is run once when a container image is made. */
@NullMarked
package io.distri.node.image;

import org.jspecify.annotations.NullMarked;
