package io.distri.peer.web;

import io.distri.peer.vault.PeerId;
import io.distri.peer.vault.ResourceName;
import io.distri.peer.viewing.View;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Views that were taken on the page and whose image the browser is about to fetch. */
final class Viewings {
  private static final int KEPT = 32;
  private static final int TOKEN_BYTES = 16;

  /** One of them. */
  record Viewing(PeerId provider, ResourceName resource, View view) {}

  private final Map<String, Viewing> viewings = new LinkedHashMap<>();

  /** Keeps a view; returns the word under which its image is fetched. */
  synchronized String add(PeerId provider, ResourceName resource, View view) {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    viewings.put(token, new Viewing(provider, resource, view));
    if (viewings.size() > KEPT) {
      String eldest = viewings.keySet().iterator().next();
      Optional.ofNullable(viewings.remove(eldest)).ifPresent(old -> old.view().close());
    }
    return token;
  }

  /** Looks without taking. */
  synchronized Optional<Viewing> find(String token) {
    return Optional.ofNullable(viewings.get(token));
  }

  /** Takes it: the image is shown once. */
  synchronized Optional<Viewing> take(String token) {
    return Optional.ofNullable(viewings.remove(token));
  }
}
