/**
 * Who a node or a peer is: a key pair with a self-signed certificate, named by the hash of its
 * public key. There is no certificate authority; keys are pinned, as Syncthing does.
 */
@NullMarked
package io.distri.protocol.identity;

import org.jspecify.annotations.NullMarked;
