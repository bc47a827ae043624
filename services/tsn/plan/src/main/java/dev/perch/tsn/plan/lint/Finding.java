package dev.perch.tsn.plan.lint;

import java.util.Locale;

/**
 * Something that does not work, or only by luck.
 *
 * @param found what stands there, and what it leads to
 * @param remedy what to write instead
 */
public record Finding(Remark remark, Severity severity, Place place, String found, String remedy) {

  static Finding error(Remark remark, Place place, String found, String remedy) {
    return new Finding(remark, Severity.ERROR, place, found, remedy);
  }

  static Finding warning(Remark remark, Place place, String found, String remedy) {
    return new Finding(remark, Severity.WARNING, place, found, remedy);
  }

  static Finding note(Remark remark, Place place, String found, String remedy) {
    return new Finding(remark, Severity.NOTE, place, found, remedy);
  }

  /** One line: place, severity, remark, what was found, clause, remedy. */
  @Override
  public String toString() {
    return "%s: %s %s: %s [%s] %s"
        .formatted(
            place,
            severity.name().toLowerCase(Locale.ROOT),
            remark.slug(),
            found,
            remark.clause(),
            remedy);
  }
}
