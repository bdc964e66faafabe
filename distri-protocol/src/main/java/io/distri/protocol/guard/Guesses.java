package io.distri.protocol.guard;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Slows guesses of a credential down. Each source may be wrong {@value #AT_ONCE} times, and once
 * more every {@value #SECONDS_A_GUESS} seconds. Beyond that nothing it shows is looked at, not even
 * the right credential, since a quick answer to that alone would tell which one is right.
 *
 * <p>Other sources are judged by themselves. At the same source, behind the same proxy perhaps, a
 * credential goes on to be good that was shown there before. What is remembered is bounded: of
 * {@value #SOURCES} sources, those heard of last. Safe for use by many threads.
 */
public final class Guesses {
  static final int AT_ONCE = 20;
  static final int SECONDS_A_GUESS = 3;
  static final int SOURCES = 10_000;

  private static final long GUESS_NANOS = Duration.ofSeconds(SECONDS_A_GUESS).toNanos();

  /** What became of what a caller showed. */
  public enum Verdict {
    /** It is the credential. */
    RIGHT,
    /** It is not. */
    WRONG,
    /** It was not looked at: too many before were wrong. */
    TOO_MANY
  }

  private final LongSupplier nanoTime;

  /** The moment at which all guesses of a source are forgiven. */
  private final Map<String, Long> debts = new Recent<>();

  /** Credentials by source that were right there. */
  private final Map<String, Boolean> trusted = new Recent<>();

  public Guesses() {
    this(System::nanoTime);
  }

  Guesses(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Judges what a caller showed.
   *
   * @param address of the caller, as the socket tells it
   * @param right a name for the credential that it is, never the credential itself; null where it
   *     is none
   */
  public synchronized Verdict judge(String address, @Nullable String right) {
    String source = Source.of(address);
    if (right != null && trusted.get(source + ' ' + right) != null) {
      return Verdict.RIGHT;
    }
    long now = nanoTime.getAsLong();
    long forgiven = debts.getOrDefault(source, now);
    long owed = Math.max(0, forgiven - now);
    if (owed > (AT_ONCE - 1) * GUESS_NANOS) {
      return Verdict.TOO_MANY;
    }
    if (right == null) {
      debts.put(source, now + owed + GUESS_NANOS);
      return Verdict.WRONG;
    }
    trusted.put(source + ' ' + right, true);
    return Verdict.RIGHT;
  }

  /** When a source that is over its number may be wrong again, at the latest. */
  public static Duration pause() {
    return Duration.ofSeconds(SECONDS_A_GUESS);
  }

  /** Keeps what was used last. */
  private static final class Recent<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > SOURCES;
    }
  }
}
