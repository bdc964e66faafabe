package io.distri.client;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers and tables as text. Rounded to integers first, since Java releases differ in how they
 * print doubles.
 */
final class Text {

  private Text() {}

  static String whole(double value) {
    return Long.toString(StrictMath.round(value));
  }

  static String decimals(double value, int places) {
    long unit = 1;
    for (int i = 0; i < places; i++) {
      unit *= 10;
    }
    long scaled = StrictMath.round(value * unit);
    String fraction = Long.toString(unit + Math.abs(scaled % unit)).substring(1);
    return (scaled < 0 ? "-" : "") + Math.abs(scaled / unit) + "." + fraction;
  }

  static String percent(double share) {
    return decimals(share * 100, 1) + " %";
  }

  /** A Markdown table; the first column to the left, the others to the right. */
  static final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> head) {
      rows.add(head);
    }

    Table row(List<String> cells) {
      rows.add(cells);
      return this;
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < rows.size(); i++) {
        text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
        if (i == 0) {
          text.append("|---|").append("--:|".repeat(rows.get(0).size() - 1)).append('\n');
        }
      }
      return text.toString();
    }
  }
}
