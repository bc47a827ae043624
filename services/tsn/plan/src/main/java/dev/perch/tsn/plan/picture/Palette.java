package dev.perch.tsn.plan.picture;

import java.util.List;

/** Colours that people with any kind of colour vision can tell apart (Okabe and Ito). */
final class Palette {
  private static final List<String> COLOURS =
      List.of("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7");

  private Palette() {}

  /** They repeat; the name beside or in the hint of a bar is what counts. */
  static String of(int number) {
    return COLOURS.get(number % COLOURS.size());
  }
}
