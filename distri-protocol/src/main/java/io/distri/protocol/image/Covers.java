package io.distri.protocol.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cover in every size that a payload may need. Sizes in use are kept, scaled, in a cache bounded
 * in bytes; larger ones are scaled row by row while they are written. Safe for concurrent use; make
 * one and keep it, because making it decodes a picture.
 */
public final class Covers {

  private static final String SHIPPED = "cover.jpg";

  /**
   * A share of the heap that leaves a small one free and still holds, in a node's, each size of
   * picture that its clients send.
   */
  private static final long HEAP_SHARE = 16;

  /** Beyond this the cache holds sizes that nobody comes back to. */
  private static final long MAX_CACHE_BYTES = 64L << 20;

  /** A picture that took more of the cache than this would evict all others. */
  private static final int LARGEST_SHARE = 2;

  /** A cover stays recognisable in this much of a strip; longer ones are squeezed. */
  private static final double MAX_ASPECT = 8;

  /** The cover, then its halves down to a few pixels: what is made smaller starts from these. */
  private final List<CoverPicture> levels;

  private final long cacheBytes;
  private final LinkedHashMap<Dimensions, CoverPicture> cache =
      new LinkedHashMap<>(16, 0.75f, true);
  private long cachedBytes;

  /**
   * A cover of the caller's.
   *
   * @param cacheBytes how much the scaled pictures may take
   */
  Covers(CoverPicture cover, long cacheBytes) {
    this.cacheBytes = cacheBytes;
    this.levels = new ArrayList<>();
    CoverPicture level = cover;
    levels.add(level);
    while (level.size().width() > 1 && level.size().height() > 1) {
      level = level.halved();
      levels.add(level);
    }
  }

  /** The cover that comes with Distri. */
  public static Covers shipped() {
    try (InputStream in = Covers.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new IllegalStateException(SHIPPED + " is missing from the program");
      }
      return new Covers(CoverReader.read(in, SHIPPED), defaultCacheBytes());
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  /**
   * An operator's cover.
   *
   * @param picture a PNG, JPEG, GIF or BMP; its content is read now
   * @throws IOException where it can't be read as a picture, with a message for people
   */
  public static Covers of(Path picture) throws IOException {
    try (InputStream in = Files.newInputStream(picture)) {
      return new Covers(CoverReader.read(in, picture.toString()), defaultCacheBytes());
    }
  }

  /** Width over height that carriers should have. */
  double aspect() {
    Dimensions size = levels.get(0).size();
    double aspect = (double) size.width() / size.height();
    return Math.min(Math.max(aspect, 1 / MAX_ASPECT), MAX_ASPECT);
  }

  /** The cover's rows in this size. */
  CoverRows rows(Dimensions size) {
    long bytes = size.samples();
    if (bytes > cacheBytes / LARGEST_SHARE) {
      return new ScaledCover(levelFor(size), size);
    }
    CoverPicture cached = cached(size);
    if (cached == null) {
      // Outside the lock: two threads may scale the same size once, and none waits for another.
      cached = levelFor(size).scaledTo(size);
      keep(cached);
    }
    return cached.rows();
  }

  /** Bytes of the scaled pictures that are kept. */
  synchronized long cachedBytes() {
    return cachedBytes;
  }

  private synchronized @Nullable CoverPicture cached(Dimensions size) {
    return cache.get(size);
  }

  private synchronized void keep(CoverPicture picture) {
    CoverPicture before = cache.put(picture.size(), picture);
    cachedBytes += picture.rgb().length - (before == null ? 0 : before.rgb().length);
    var eldest = cache.values().iterator();
    while (cachedBytes > cacheBytes) {
      cachedBytes -= eldest.next().rgb().length;
      eldest.remove();
    }
  }

  /** The smallest level that has the size's pixels, or the cover itself. */
  private CoverPicture levelFor(Dimensions size) {
    CoverPicture best = levels.get(0);
    for (CoverPicture level : levels) {
      if (level.size().width() >= size.width() && level.size().height() >= size.height()) {
        best = level;
      }
    }
    return best;
  }

  private static long defaultCacheBytes() {
    return Math.min(Runtime.getRuntime().maxMemory() / HEAP_SHARE, MAX_CACHE_BYTES);
  }
}
