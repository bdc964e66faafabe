package io.distri.cli.loadtest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where results come from.
 *
 * @param command that made them
 * @param started when it did
 * @param machine processors, system and Java it ran on
 */
record Provenance(String command, Instant started, String machine) {

  /** Now and here. */
  static Provenance ofThisProcess(String command) {
    int processors = Runtime.getRuntime().availableProcessors();
    String machine =
        "%s processor%s, %s %s, Java %s"
            .formatted(
                processors,
                processors == 1 ? "" : "s",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.version().feature());
    return new Provenance(command, Instant.now().truncatedTo(ChronoUnit.SECONDS), machine);
  }
}
