package io.distri.node.security;

import java.nio.channels.SocketChannel;
import java.util.Collection;
import java.util.Objects;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Tomcat's HTTP over TLS, which tells what connections it has. */
final class InternalProtocol extends Http11NioProtocol {

  /** Those that are open. */
  Collection<SocketChannel> connections() {
    return getEndpoint().getConnections().stream()
        .map(SocketWrapperBase::getSocket)
        .map(NioChannel::getIOChannel)
        .filter(Objects::nonNull)
        .toList();
  }
}
