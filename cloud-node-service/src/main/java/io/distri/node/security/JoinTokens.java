package io.distri.node.security;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The join tokens that this node made: each lets one newcomer in, within a quarter of an hour. They
 * survive a restart, and so does that one was used. Safe for use by many threads.
 */
public final class JoinTokens {
  public static final Duration GOOD_FOR = Duration.ofMinutes(15);

  private static final int SECRET_BYTES = 32;
  private static final int ID_BYTES = 8;

  /** Tokens that may be open at one time. */
  private static final int MOST = 1000;

  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * A token as it is kept.
   *
   * @param usedBy key of the newcomer that it let in; null as long as it is new
   */
  record Kept(byte[] secret, long endsMs, @Nullable String usedBy) {}

  private final String issuer;
  private final KeptFile file;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Kept> tokens = new LinkedHashMap<>();

  /**
   * Reads the tokens.
   *
   * @param path null: they are kept in memory only
   * @throws IllegalArgumentException where the file is damaged
   * @throws UncheckedIOException where it can't be read
   */
  JoinTokens(String issuer, @Nullable Path path, Clock clock) {
    this.issuer = issuer;
    this.file = new KeptFile(path);
    this.clock = clock;
    file.read().ifPresent(this::take);
  }

  private void take(byte[] kept) {
    try {
      tokens.putAll(JSON.readerForMapOf(Kept.class).readValue(kept));
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException(file + " is damaged: it holds no join tokens");
    }
  }

  /**
   * Makes a token and returns its text, which only the newcomer should see.
   *
   * @throws IllegalStateException where too many are open
   * @throws UncheckedIOException where it can't be kept
   */
  public synchronized String create() {
    Map<String, Kept> next = open();
    if (next.size() >= MOST) {
      throw new IllegalStateException(MOST + " tokens are open; wait until some have ended.");
    }
    byte[] secret = bytes(SECRET_BYTES);
    String id = HexFormat.of().formatHex(bytes(ID_BYTES));
    next.put(id, new Kept(secret, clock.millis() + GOOD_FOR.toMillis(), null));
    keep(next);
    return JoinToken.format(issuer, id, secret);
  }

  /** What a newcomer has to prove for this token; empty where it is not good for that one. */
  public synchronized Optional<JoinSecret> secret(String id, String newcomer) {
    Kept kept = tokens.get(id);
    return kept == null || clock.millis() >= kept.endsMs || !isFor(newcomer, kept)
        ? Optional.empty()
        : Optional.of(new JoinSecret(kept.secret));
  }

  /**
   * Uses the token up for a newcomer that has proven it. The same one may come again, since it may
   * not have got the answer.
   *
   * @return false where another one was faster
   * @throws UncheckedIOException where that can't be kept; then it is not used
   */
  public synchronized boolean use(String id, String newcomer) {
    Map<String, Kept> next = open();
    Kept kept = next.get(id);
    if (kept == null || !isFor(newcomer, kept)) {
      return false;
    }
    next.put(id, new Kept(kept.secret, kept.endsMs, newcomer));
    keep(next);
    return true;
  }

  private static boolean isFor(String newcomer, Kept kept) {
    return kept.usedBy == null || kept.usedBy.equals(newcomer);
  }

  private Map<String, Kept> open() {
    Map<String, Kept> open = new LinkedHashMap<>(tokens);
    open.values().removeIf(kept -> clock.millis() >= kept.endsMs);
    return open;
  }

  private void keep(Map<String, Kept> next) {
    file.write(JSON.writeValueAsBytes(next));
    tokens.clear();
    tokens.putAll(next);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
