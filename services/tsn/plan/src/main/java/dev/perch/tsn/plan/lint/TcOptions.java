package dev.perch.tsn.plan.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the words behind {@code taprio} and {@code etf}; what it cannot read becomes a finding. */
final class TcOptions {
  private static final Pattern TIME = Pattern.compile("(\\d+)(ns|us|usec|ms|msec|s|sec)?");

  private final List<String> words;
  private final Place place;
  private final Consumer<Finding> found;
  private int at;

  TcOptions(QdiscCommand command, String source, Consumer<Finding> found) {
    this.words = command.options();
    this.place = command.place(source);
    this.found = found;
  }

  PortSchedule taprio() {
    int classes = -1;
    List<Integer> map = new ArrayList<>();
    List<ClassMap.Queues> queues = new ArrayList<>();
    List<GateEntry> entries = new ArrayList<>();
    BaseTime base = new BaseTime.Absent();
    String clock = null;
    long cycle = 0;
    long flags = 0;
    long delay = 0;
    while (at < words.size()) {
      String option = words.get(at++);
      switch (option) {
        case "num_tc" -> classes = (int) number(option);
        case "map", "priomap" -> integers(map);
        case "queues" -> queues(queues);
        case "base-time" -> base = baseTime(next(option));
        case "cycle-time" -> cycle = time(option);
        case "cycle-time-extension" -> time(option);
        case "clockid" -> clock = next(option);
        case "flags" -> flags = number(option);
        case "txtime-delay" -> delay = time(option);
        case "sched-entry" -> entries.add(entry(entries.size()));
        case "max-sdu" -> tool("max-sdu", "6.2", "");
        case "fp" -> tool("fp", "6.4", " and Linux 6.4");
        default -> unreadable("unknown word " + option, "See tc-taprio(8).");
      }
    }
    ClassMap mapping = classes < 0 ? null : new ClassMap(classes, sixteen(map), queues);
    return new PortSchedule(
        place,
        PortSchedule.Form.TC_COMMAND,
        gating(flags),
        mapping,
        entries,
        cycle,
        base,
        clock,
        delay,
        List.of());
  }

  LaunchTime etf(String parent) {
    String clock = null;
    long delta = 0;
    boolean offload = false;
    while (at < words.size()) {
      String option = words.get(at++);
      switch (option) {
        case "clockid" -> clock = next(option);
        case "delta" -> delta = time(option);
        case "offload" -> offload = !(at < words.size() && words.get(at).equals("off"));
        default -> {
          // deadline_mode, skip_sock_check: nothing of the schedule depends on them.
        }
      }
    }
    return new LaunchTime(place, parent, clock, delta, offload);
  }

  static PortSchedule.Gating gating(long flags) {
    if ((flags & 2) != 0) {
      return PortSchedule.Gating.OFFLOAD;
    }
    return (flags & 1) != 0 ? PortSchedule.Gating.TXTIME_ASSIST : PortSchedule.Gating.SOFTWARE;
  }

  /** Priorities that are left out go to class 0. */
  private static List<Integer> sixteen(List<Integer> map) {
    List<Integer> all = new ArrayList<>(map);
    while (all.size() < 16) {
      all.add(0);
    }
    return all;
  }

  private GateEntry entry(int index) {
    Place here = place.within(", sched-entry " + index);
    String command = next("sched-entry").toUpperCase(Locale.ROOT);
    GateEntry.Operation operation =
        switch (command) {
          case "H" -> GateEntry.Operation.SET_AND_HOLD;
          case "R" -> GateEntry.Operation.SET_AND_RELEASE;
          default -> GateEntry.Operation.SET;
        };
    if (!command.matches("[SHR]")) {
      unreadable("sched-entry " + command, "Write S, H or R, a hexadecimal gate mask and ns.");
    }
    String mask = next("sched-entry").replaceFirst("^0[xX]", "");
    int gates = 0;
    if (mask.matches("[0-9a-fA-F]{1,8}")) {
      gates = Integer.parseUnsignedInt(mask, 16);
    } else {
      unreadable("gate mask " + mask, "Write it in hexadecimal: 80 is class 7 alone.");
    }
    return new GateEntry(here, operation, gates, time("sched-entry"));
  }

  private BaseTime baseTime(String word) {
    Long value = integer(word);
    return value == null ? new BaseTime.Computed(word) : new BaseTime.Literal(value);
  }

  private void integers(List<Integer> into) {
    while (at < words.size() && words.get(at).matches("\\d+")) {
      into.add(Integer.parseInt(words.get(at++)));
    }
  }

  private void queues(List<ClassMap.Queues> into) {
    while (at < words.size() && words.get(at).matches("\\d{1,5}@\\d{1,5}")) {
      String[] parts = words.get(at++).split("@", 2);
      into.add(new ClassMap.Queues(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
    }
  }

  private void tool(String option, String release, String kernel) {
    while (at < words.size() && words.get(at).matches("\\d+|[EP]")) {
      at++;
    }
    found.accept(
        Finding.note(
            Remark.TOOL_TOO_OLD,
            place,
            option + " needs iproute2 " + release + kernel + "; an older tc refuses the command",
            "Ask tc -V on the host first."));
  }

  private String next(String option) {
    if (at < words.size()) {
      return words.get(at++);
    }
    unreadable(option + " without a value", "Write its value.");
    return "";
  }

  private long number(String option) {
    String word = next(option);
    Long value = integer(word);
    if (value == null && !word.isEmpty()) {
      unreadable(option + " " + word, "Write a number.");
    }
    return value == null ? 0 : value;
  }

  private static @Nullable Long integer(String word) {
    try {
      if (word.matches("0[xX][0-9a-fA-F]+")) {
        return Long.parseUnsignedLong(word.substring(2), 16);
      }
      return word.matches("\\d+") ? Long.valueOf(word) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Nanoseconds; taprio's numbers have no unit, some tools' do. */
  private long time(String option) {
    String word = next(option);
    Matcher matcher = TIME.matcher(word);
    if (!matcher.matches() || matcher.group(1).length() > 18) {
      unreadable(option + " " + word, "Write nanoseconds.");
      return 0;
    }
    String unit = matcher.group(2) == null ? "ns" : matcher.group(2);
    long factor =
        switch (unit) {
          case "ns" -> 1;
          case "us", "usec" -> 1_000;
          case "ms", "msec" -> 1_000_000;
          default -> 1_000_000_000;
        };
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
    } catch (ArithmeticException e) {
      unreadable(option + " " + word, "Write less than 292 years.");
      return 0;
    }
  }

  private void unreadable(String what, String remedy) {
    found.accept(Finding.error(Remark.UNREADABLE, place, what, remedy));
  }
}
