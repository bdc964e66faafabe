package io.distri.client.autoconfigure;

import io.distri.client.DistriClientBuilder;

/** A bean of this type has the last word on the client before it is built. */
@FunctionalInterface
public interface DistriClientCustomizer {

  void customize(DistriClientBuilder builder);
}
