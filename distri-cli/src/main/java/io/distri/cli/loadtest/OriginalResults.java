package io.distri.cli.loadtest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The results that the original project published for the same matrix, on another machine. */
public final class OriginalResults {

  /** Calls that a client makes in one of the original's DB tests. */
  private static final int DB_CALLS = 4;

  private final Map<Cell, Long> failed;

  private OriginalResults(Map<Cell, Long> failed) {
    this.failed = failed;
  }

  /** Reads those of a test. */
  public static OriginalResults of(Kind kind) {
    String resource = "original-" + kind.key() + ".csv";
    try (InputStream in = OriginalResults.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the program");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return new OriginalResults(parse(lines.lines().skip(1).toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<Cell, Long> parse(List<String> rows) {
    Map<Cell, Long> failed = new HashMap<>();
    for (String row : rows) {
      String[] fields = row.split(",", -1);
      failed.put(
          new Cell(Integer.parseInt(fields[0]), Integer.parseInt(fields[1])),
          Long.parseLong(fields[2]));
    }
    return failed;
  }

  /** How many calls failed; empty where the original did not make this test. */
  public OptionalLong failed(int servers, int clients) {
    Long count = failed.get(new Cell(servers, clients));
    return count == null ? OptionalLong.empty() : OptionalLong.of(count);
  }

  /** How many calls the original made in a test with so many clients. */
  public static long calls(Kind kind, int clients) {
    return switch (kind) {
      case ENCRYPT -> (long) clients * kind.tasks();
      case DB -> (long) clients * DB_CALLS;
    };
  }
}
