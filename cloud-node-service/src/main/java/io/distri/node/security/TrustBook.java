package io.distri.node.security;

import io.distri.protocol.Sha256;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The operators' decisions on keys, which members tell each other and each keeps on disk. Merging
 * is commutative, associative and idempotent, so that all members end with the same book whatever
 * way it came. Safe for use by many threads.
 */
final class TrustBook {

  /** Most keys that a cluster decides on; a member that sends more is not believed. */
  private static final int MOST = 10_000;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final KeptFile file;
  private final Map<String, TrustEntry> entries = new TreeMap<>();
  private String digest = "";

  /**
   * Reads the book.
   *
   * @param path null: it is kept in memory only
   * @throws IllegalArgumentException where the file holds no book
   * @throws UncheckedIOException where the file can't be read
   */
  TrustBook(@Nullable Path path) {
    this.file = new KeptFile(path);
    file.read().ifPresent(this::take);
    digest = digestNow();
  }

  private void take(byte[] book) {
    try {
      for (TrustEntry entry : JSON.readValue(book, TrustEntry[].class)) {
        entries.put(entry.keyId(), entry);
      }
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException(file + " is damaged: it is not a list of keys");
    }
  }

  synchronized Optional<TrustEntry> find(String keyId) {
    return Optional.ofNullable(entries.get(keyId));
  }

  synchronized List<TrustEntry> entries() {
    return List.copyOf(entries.values());
  }

  /** Equal where two books are. */
  synchronized String digest() {
    return digest;
  }

  /**
   * Takes decisions in.
   *
   * @return those that hold and were not known
   * @throws UncheckedIOException where they can't be kept; then none is taken in
   */
  synchronized List<TrustEntry> merge(Collection<TrustEntry> others) {
    List<TrustEntry> news = others.stream().filter(this::isNews).toList();
    if (news.isEmpty() || entries.size() + news.size() > MOST) {
      return List.of();
    }
    Map<String, TrustEntry> merged = new TreeMap<>(entries);
    news.forEach(entry -> merged.merge(entry.keyId(), entry, (a, b) -> b.holdsOver(a) ? b : a));
    file.write(JSON.writeValueAsBytes(merged.values()));
    entries.putAll(merged);
    digest = digestNow();
    return news;
  }

  private boolean isNews(TrustEntry entry) {
    TrustEntry known = entries.get(entry.keyId());
    return known == null || entry.holdsOver(known);
  }

  private String digestNow() {
    MessageDigest sha = Sha256.digest();
    entries.values().forEach(e -> sha.update((e + "\n").getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(sha.digest(), 0, 8);
  }
}
