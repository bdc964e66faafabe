/**
 * Services over HTTP. A call goes {@code ServiceController} → {@code ServiceRegistry} → {@code
 * CloudService}: bytes in, bytes out.
 */
@NullMarked
package io.distri.node.service;

import org.jspecify.annotations.NullMarked;
