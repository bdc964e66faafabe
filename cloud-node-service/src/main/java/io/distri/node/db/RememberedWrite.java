package io.distri.node.db;

import io.distri.node.db.json.ContentDigest;
import java.util.Comparator;

/**
 * A write that a client named, kept so that its repetition is recognised.
 *
 * @param id the client's name for it
 * @param digest what was asked for: the same name with another digest is a mistake of the client
 * @param dot the write
 * @param hlc when it was made, see {@link Hlc}
 * @param affected how many documents it wrote
 */
public record RememberedWrite(String id, ContentDigest digest, Dot dot, long hlc, int affected) {
  static final Comparator<RememberedWrite> NEWEST_FIRST =
      Comparator.comparingLong(RememberedWrite::hlc).thenComparing(RememberedWrite::dot).reversed();
}
