package dev.perch.bench.measure;

import static dev.perch.bench.measure.Figure.Better.HIGHER;
import static dev.perch.bench.measure.Figure.Better.LOWER;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.contract.Json;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Collects the figures of one benchmark. People read the table; with JSON the table goes to
 * standard error, and each figure is a line of standard output as soon as it is known.
 */
public final class Report {
  private final String bench;
  private final boolean json;
  private final PrintStream people;
  private final List<Figure> figures = new ArrayList<>();

  public Report(String bench, boolean json) {
    this.bench = bench;
    this.json = json;
    this.people = json ? System.err : System.out;
  }

  /** A line for people. */
  public void say(String line) {
    people.println(line);
  }

  public void higher(String figure, double value, String unit, @Nullable Double goal) {
    add(new Figure(bench, figure, value, unit, goal, HIGHER));
  }

  public void lower(String figure, double value, String unit, @Nullable Double goal) {
    add(new Figure(bench, figure, value, unit, goal, LOWER));
  }

  private void add(Figure figure) {
    figures.add(figure);
    if (json) {
      try {
        System.out.println(Json.MAPPER.writeValueAsString(figure));
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    } else {
      people.println("  " + row(figure).strip());
    }
  }

  /** Prints the table; returns whether every goal was reached. */
  public boolean finish() {
    people.println();
    people.printf("%-48s %12s %-8s %12s%n", "figure", "value", "unit", "goal");
    figures.forEach(figure -> people.println(row(figure)));
    return figures.stream().allMatch(Figure::isMet);
  }

  private static String row(Figure figure) {
    Double goal = figure.goal();
    String wanted = goal == null ? "" : (figure.better() == HIGHER ? "≥ " : "≤ ") + number(goal);
    return "%-48s %12s %-8s %12s%s"
        .formatted(
            figure.figure(),
            number(figure.value()),
            figure.unit(),
            wanted,
            figure.isMet() ? "" : "  missed");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%,.1f" : "%,.0f", value);
  }
}
