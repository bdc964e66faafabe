/**
 * Services over HTTP. A call goes {@code ServiceServlet} → {@code ServiceCalls} → {@code
 * CloudService}: bytes in, bytes out.
 */
@NullMarked
package io.distri.node.service;

import org.jspecify.annotations.NullMarked;
