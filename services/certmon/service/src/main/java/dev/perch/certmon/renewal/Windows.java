package dev.perch.certmon.renewal;

import dev.perch.contract.certmon.Certificate.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The windows of a policy, as instants. */
final class Windows {
  private final List<Window> windows;

  private Windows(List<Window> windows) {
    this.windows = windows;
  }

  static Windows of(List<Window> windows) {
    return new Windows(windows);
  }

  /**
   * A place in a window.
   *
   * @param begin of the window
   */
  record Slot(Instant begin, Instant at) {}

  private record Open(Instant begin, Instant end) {
    boolean contains(Instant instant) {
      return !instant.isBefore(begin) && instant.isBefore(end);
    }
  }

  /**
   * The place nearest to what is wanted: there, if a window is open then; else in the last window
   * before, else in the first after.
   *
   * @param luck in [0, 1): where in the window, so that not all begin with it
   * @return empty if there is no window between the limits
   */
  Optional<Slot> near(Instant wanted, Instant earliest, Instant latest, double luck) {
    if (windows.isEmpty()) {
      return Optional.empty();
    }
    List<Open> all = between(earliest, latest);
    Optional<Open> now = all.stream().filter(open -> open.contains(wanted)).findFirst();
    if (now.isPresent()) {
      return now.map(open -> new Slot(open.begin(), wanted));
    }
    Optional<Open> before =
        all.stream()
            .filter(open -> !open.end().isAfter(wanted) && open.end().isAfter(earliest))
            .max(Comparator.comparing(Open::end));
    return before
        .or(
            () ->
                all.stream()
                    .filter(open -> open.begin().isAfter(wanted) && open.begin().isBefore(latest))
                    .min(Comparator.comparing(Open::begin)))
        .map(open -> slot(open, earliest, latest, luck));
  }

  private static Slot slot(Open open, Instant earliest, Instant latest, double luck) {
    Instant begin = open.begin().isBefore(earliest) ? earliest : open.begin();
    Instant end = open.end().isAfter(latest) ? latest : open.end();
    long millis = Duration.between(begin, end).toMillis();
    return new Slot(open.begin(), begin.plusMillis((long) (luck * millis)));
  }

  /** Those that are open at some time between two instants. */
  private List<Open> between(Instant from, Instant to) {
    List<Open> all = new ArrayList<>();
    // A day more at each end: windows are a day long at most, and zones differ by less.
    LocalDate first = from.atZone(ZoneOffset.UTC).toLocalDate().minusDays(2);
    LocalDate last = to.atZone(ZoneOffset.UTC).toLocalDate().plusDays(2);
    for (Window window : windows) {
      for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
        if (window.days().contains(day.getDayOfWeek())) {
          Instant begin =
              day.atTime(LocalTime.parse(window.from()))
                  .atZone(ZoneId.of(window.zone()))
                  .toInstant();
          all.add(new Open(begin, begin.plus(window.length())));
        }
      }
    }
    return all;
  }
}
