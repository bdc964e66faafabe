package io.distri.cli.loadtest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The results that the original project published for the same matrix, on another machine. */
public final class OriginalResults {

  private final Map<Cell, OriginalResult> byCell = new LinkedHashMap<>();

  private OriginalResults(List<OriginalResult> results) {
    results.forEach(result -> byCell.put(result.cell(), result));
  }

  /** Reads those of a test. */
  public static OriginalResults of(Kind kind) {
    String resource = "original-" + kind.key() + ".csv";
    try (InputStream in = OriginalResults.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the program");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return new OriginalResults(lines.lines().skip(1).map(OriginalResult::parse).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of them, by node count, then by client count. */
  List<OriginalResult> all() {
    return List.copyOf(byCell.values());
  }

  /** The one of a cell; empty where the original did not make this test. */
  Optional<OriginalResult> at(Cell cell) {
    return Optional.ofNullable(byCell.get(cell));
  }

  /** How many calls failed; empty where the original did not make this test. */
  public OptionalLong failed(int servers, int clients) {
    return at(new Cell(servers, clients)).stream().mapToLong(OriginalResult::failed).findFirst();
  }

  /** How many calls the original made in a test with so many clients. */
  public static long calls(Kind kind, int clients) {
    return (long) clients * kind.tasks() * kind.calls();
  }
}
