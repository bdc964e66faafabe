package io.distri.node.db;

/**
 * A number in which each bit depends on each bit of another: the finaliser of SplitMix64 (Steele,
 * Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
 */
final class Mix {
  private Mix() {}

  static long of(long number) {
    long mixed = (number ^ number >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ mixed >>> 31;
  }
}
