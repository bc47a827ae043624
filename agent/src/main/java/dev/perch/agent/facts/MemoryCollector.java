package dev.perch.agent.facts;

import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Numbers;
import dev.perch.agent.machine.Unavailable;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.MemoryFacts;
import dev.perch.contract.facts.MemoryFacts.Hugepages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From /proc/meminfo and sysfs. */
final class MemoryCollector implements Collector {
  private static final Pattern POOL = Pattern.compile("hugepages-(\\d+)kB");
  private static final Pattern CHOSEN = Pattern.compile("\\[(\\w+)]");

  private final Machine machine;

  MemoryCollector(Machine machine) {
    this.machine = machine;
  }

  @Override
  public Facet facet() {
    return Facet.MEMORY;
  }

  @Override
  public MemoryFacts collect() throws Unavailable {
    String meminfo =
        machine
            .text("/proc/meminfo")
            .orElseThrow(() -> new Unavailable("/proc/meminfo is not there"));
    Unknowns unknown = new Unknowns();
    return new MemoryFacts(
        bytes(meminfo, "MemTotal"),
        bytes(meminfo, "SwapTotal"),
        unknown.find("hugepages", () -> hugepages(machine, "/sys/kernel/mm/hugepages"), List.of()),
        unknown.find(
            "transparentHugepages",
            () ->
                machine
                    .text("/sys/kernel/mm/transparent_hugepage/enabled")
                    .flatMap(MemoryCollector::chosen)),
        unknown.reasons());
  }

  /** A line of meminfo, of the machine's or of a node's. */
  static long bytes(String meminfo, String name) {
    Matcher line = Pattern.compile("\\b" + name + ":\\s+(\\d+) kB").matcher(meminfo);
    return line.find() ? Numbers.whole(line.group(1)).orElse(0L) * 1024 : 0;
  }

  /** The pools of huge pages below a folder, by page size. */
  static List<Hugepages> hugepages(Machine machine, String folder) throws Unavailable {
    List<Hugepages> pools = new ArrayList<>();
    for (String name : machine.names(folder)) {
      Matcher pool = POOL.matcher(name);
      if (pool.matches()) {
        long pages = machine.number(folder + "/" + name + "/nr_hugepages").orElse(0L);
        pools.add(new Hugepages(Long.parseLong(pool.group(1)) * 1024, (int) pages));
      }
    }
    pools.sort(Comparator.comparingLong(Hugepages::pageBytes));
    return pools;
  }

  /** Of {@code always [madvise] never} the word in brackets. */
  static Optional<String> chosen(String words) {
    Matcher chosen = CHOSEN.matcher(words);
    return chosen.find() ? Optional.of(chosen.group(1)) : Optional.empty();
  }
}
