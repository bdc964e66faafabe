/** The Encrypt service: an image in, a picture that carries it sealed out. */
@NullMarked
package io.distri.node.encrypt;

import org.jspecify.annotations.NullMarked;
