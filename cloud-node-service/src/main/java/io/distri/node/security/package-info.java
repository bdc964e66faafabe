/**
 * Who may call a node. Other nodes come in by the internal port with mutual TLS and a whitelisted
 * key; everybody else by the public one.
 */
@NullMarked
package io.distri.node.security;

import org.jspecify.annotations.NullMarked;
