package io.distri.node.backup;

import io.distri.node.security.InternalWire;

/**
 * The format of a backup: {@link #MAGIC}, then frames, each its payload's length (4 bytes,
 * big-endian) and the payload in CBOR, a {@link BackupHead} and any number of {@link BackupPage}s;
 * then four zero bytes and the SHA-256 of all before.
 *
 * <p>The sum shows damage, not malice: who can write the file can write another sum.
 */
final class BackupFormat {
  /** "DISTRIB", and the version of the format. */
  static final long MAGIC = 0x4449_5354_5249_4201L;

  static final InternalWire WIRE = new InternalWire();

  static final int SUM_BYTES = 32;

  /** A page has about 1 MiB, unless a single document with its conflicts has more. */
  static final int MAX_PAYLOAD_BYTES = 64 * 1024 * 1024;

  private BackupFormat() {}
}
