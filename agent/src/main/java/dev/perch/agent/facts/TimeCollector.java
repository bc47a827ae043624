package dev.perch.agent.facts;

import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Unavailable;
import dev.perch.agent.probe.ClockProbe;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.TimeFacts;
import dev.perch.contract.facts.TimeFacts.PtpClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** From sysfs, the names of running programs, and the kernel's own judgement of its clock. */
final class TimeCollector implements Collector {
  private static final String SOURCE = "/sys/devices/system/clocksource/clocksource0/";
  private static final String PTP = "/sys/class/ptp/";
  private static final String ZONES = "/zoneinfo/";

  /** The kernel cuts names after 15 characters. */
  private static final Set<String> SERVICES =
      Set.of(
          "chronyd",
          "ntpd",
          "openntpd",
          "systemd-timesyn",
          "ptp4l",
          "phc2sys",
          "ts2phc",
          "gptp",
          "timemaster");

  private final Machine machine;
  private final ClockProbe clock;

  TimeCollector(Machine machine, ClockProbe clock) {
    this.machine = machine;
    this.clock = clock;
  }

  @Override
  public Facet facet() {
    return Facet.TIME;
  }

  @Override
  public TimeFacts collect() {
    Unknowns unknown = new Unknowns();
    return new TimeFacts(
        unknown.find("source", () -> machine.text(SOURCE + "current_clocksource")),
        unknown.find("sources", this::sources, List.of()),
        unknown.find("timezone", this::timezone),
        unknown.find("synchronised", () -> Optional.of(clock.isSynchronised())),
        services(),
        ptpClocks(unknown),
        !machine.names("/sys/class/rtc").isEmpty(),
        unknown.reasons());
  }

  private List<String> sources() throws Unavailable {
    return machine
        .text(SOURCE + "available_clocksource")
        .map(list -> List.of(list.split("\\s+")))
        .orElse(List.of());
  }

  private Optional<String> timezone() throws Unavailable {
    Optional<String> linked =
        machine
            .targetPath("/etc/localtime")
            .filter(target -> target.contains(ZONES))
            .map(target -> target.substring(target.indexOf(ZONES) + ZONES.length()));
    return linked.isPresent() ? linked : machine.text("/etc/timezone");
  }

  private List<String> services() {
    Set<String> running = new TreeSet<>();
    for (String process : machine.names("/proc")) {
      if (Character.isDigit(process.charAt(0))) {
        name(process).filter(SERVICES::contains).ifPresent(running::add);
      }
    }
    return running.stream()
        .map(name -> name.equals("systemd-timesyn") ? "systemd-timesyncd" : name)
        .toList();
  }

  private Optional<String> name(String process) {
    try {
      return machine.text("/proc/" + process + "/comm");
    } catch (Unavailable e) {
      // hidepid: others' processes are not ours to see.
      return Optional.empty();
    }
  }

  private List<PtpClock> ptpClocks(Unknowns unknown) {
    List<PtpClock> clocks = new ArrayList<>();
    for (String name : machine.names(PTP)) {
      if (name.matches("ptp\\d+")) {
        clocks.add(ptpClock(name, unknown));
      }
    }
    clocks.sort(Comparator.comparingInt(PtpClock::index));
    return clocks;
  }

  private PtpClock ptpClock(String name, Unknowns unknown) {
    String folder = PTP + name + "/";
    String clockName = unknown.find("ptpClocks", () -> machine.text(folder + "clock_name"));
    return new PtpClock(
        Integer.parseInt(name.substring("ptp".length())),
        clockName == null ? name : clockName,
        unknown.find("ptpClocks", () -> machine.number(folder + "max_adjustment")),
        unknown.find("ptpClocks", () -> count(folder + "n_alarms")),
        unknown.find("ptpClocks", () -> count(folder + "n_external_timestamps")),
        unknown.find("ptpClocks", () -> count(folder + "n_periodic_outputs")),
        unknown.find("ptpClocks", () -> count(folder + "n_programmable_pins")),
        unknown.find("ptpClocks", () -> machine.flag(folder + "pps_available"), false),
        machine.names(folder + "device/net"));
  }

  private Optional<Integer> count(String path) throws Unavailable {
    return machine.number(path).map(Long::intValue);
  }
}
