package io.distri.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text in aligned columns: the first to the left, the others, being numbers, to the right.
 */
public final class TextTable {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final int columns;

  public TextTable(String... heading) {
    columns = heading.length;
    rows.add(List.of(heading));
  }

  /** Adds a row. */
  public void add(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException("a row has " + columns + " cells, not " + cells.length);
    }
    rows.add(List.of(cells));
  }

  /** The table, a line for each row. */
  public List<String> lines() {
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      String padding = " ".repeat(widths[i] - cell.length());
      line.append(i == 0 ? "" : GAP).append(i == 0 ? cell + padding : padding + cell);
    }
    return line.toString().stripTrailing();
  }
}
