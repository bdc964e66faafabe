/**
 * The sealed image: an age file inside a picture. {@link io.distri.protocol.image.SealedImage}
 * seals an image to the keys of its readers and carries it in the low bits of a cover's pixels;
 * only who holds one of the keys gets it back. The seal is age v1 by the Jagged library, the
 * carrier is a PNG; {@code docs/sealed-image.md} specifies both for other implementers.
 */
@NullMarked
package io.distri.protocol.image;

import org.jspecify.annotations.NullMarked;
