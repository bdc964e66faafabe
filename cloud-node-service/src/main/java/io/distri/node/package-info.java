/** The CloudNode as a Spring Boot application, and its properties. */
@NullMarked
package io.distri.node;

import org.jspecify.annotations.NullMarked;
