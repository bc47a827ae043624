package dev.perch.launcher;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text in columns, each as wide as its widest cell. */
record Table(List<String> head, List<List<String>> rows) {

  void print(PrintStream out) {
    List<List<String>> all = new ArrayList<>();
    all.add(head.stream().map(title -> title.toUpperCase(Locale.ROOT)).toList());
    all.addAll(rows);
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(cell);
        if (column < row.size() - 1) {
          line.repeat(' ', width(all, column) + 2 - cell.length());
        }
      }
      out.println(line);
    }
  }

  private static int width(List<List<String>> all, int column) {
    return all.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
