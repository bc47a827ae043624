package dev.perch.kit.timeline;

import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The timeline's partitions are UTC months: {@code timeline_2026_11}. */
final class Months {
  /** Months that are kept besides the running one. */
  static final int KEPT = 13;

  /** Months that are made ahead, so that a service that is not restarted for weeks still writes. */
  static final int AHEAD = 2;

  private static final Pattern NAME = Pattern.compile("timeline_(\\d{4})_(\\d{2})");

  private Months() {}

  static List<YearMonth> wanted(YearMonth now) {
    List<YearMonth> months = new ArrayList<>();
    for (int i = 0; i <= AHEAD; i++) {
      months.add(now.plusMonths(i));
    }
    return months;
  }

  static boolean expired(YearMonth month, YearMonth now) {
    return month.isBefore(now.minusMonths(KEPT));
  }

  static String partition(YearMonth month) {
    return "timeline_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
  }

  static Optional<YearMonth> month(String partition) {
    Matcher m = NAME.matcher(partition);
    return m.matches()
        ? Optional.of(YearMonth.of(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2))))
        : Optional.empty();
  }

  /** DDL takes no parameters; everything in it comes from a {@link YearMonth}. */
  static String createStatement(YearMonth month) {
    return "create table if not exists %s partition of timeline for values from ('%s') to ('%s')"
        .formatted(partition(month), start(month), start(month.plusMonths(1)));
  }

  static String dropStatement(YearMonth month) {
    return "drop table if exists " + partition(month);
  }

  private static String start(YearMonth month) {
    return month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC).toString();
  }
}
