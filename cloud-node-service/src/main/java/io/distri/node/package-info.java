/** The CloudNode as a Spring Boot application: what it is made of. */
@NullMarked
package io.distri.node;

import org.jspecify.annotations.NullMarked;
