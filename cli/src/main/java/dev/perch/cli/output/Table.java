package dev.perch.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Items as rows. On a terminal that is too narrow spare columns are left out and the widest ones
 * are cut, an ellipsis where; nothing is where nobody says how wide it is.
 *
 * @param columns in the order they are shown
 */
public record Table(List<Column> columns) {
  private static final String GAP = "  ";
  private static final int NARROWEST = 8;

  public Table {
    columns = List.copyOf(columns);
  }

  public static Table of(Column... columns) {
    return new Table(List.of(columns));
  }

  /** The lines, the titles first. */
  List<String> lines(List<JsonNode> items, int width) {
    boolean spares = columns.stream().anyMatch(Column::spare);
    return spares && total(widths(rows(items))) > width
        ? new Table(columns.stream().filter(column -> !column.spare()).toList())
            .fitted(items, width)
        : fitted(items, width);
  }

  private List<String> fitted(List<JsonNode> items, int width) {
    List<List<String>> rows = rows(items);
    int[] widths = fit(widths(rows), width);
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private List<List<String>> rows(List<JsonNode> items) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(columns.stream().map(Column::title).toList());
    for (JsonNode item : items) {
      rows.add(columns.stream().map(column -> oneLine(column.cell().apply(item))).toList());
    }
    return rows;
  }

  private int[] widths(List<List<String>> rows) {
    return IntStream.range(0, columns.size())
        .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
        .toArray();
  }

  /** Takes from the widest column until all fit, or nothing can be taken any more. */
  private static int[] fit(int[] widths, int width) {
    for (int over = total(widths) - width; over > 0; over--) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private static int total(int[] widths) {
    return IntStream.of(widths).sum() + GAP.length() * (widths.length - 1);
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String cell = row.get(i);
      String shown =
          cell.length() > widths[i] ? cell.substring(0, Math.max(0, widths[i] - 1)) + "…" : cell;
      line.append(i == 0 ? "" : GAP).append(shown).repeat(' ', widths[i] - shown.length());
    }
    return line.toString().stripTrailing();
  }

  /** What comes from outside must not move the cursor or open another line. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
