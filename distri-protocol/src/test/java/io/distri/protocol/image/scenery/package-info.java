/** The generator of the shipped pictures, kept so that they can be painted again or replaced. */
@NullMarked
package io.distri.protocol.image.scenery;

import org.jspecify.annotations.NullMarked;
