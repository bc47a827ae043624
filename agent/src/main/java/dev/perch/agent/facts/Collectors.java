package dev.perch.agent.facts;

import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Unavailable;
import dev.perch.agent.probe.ClockProbe;
import dev.perch.agent.probe.KvmProbe;
import dev.perch.agent.probe.QdiscProbe;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.link.FacetReport;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One collector per facet. */
public final class Collectors {
  private static final Logger LOG = LoggerFactory.getLogger(Collectors.class);

  /** What a facet may have of the event it becomes part of. */
  private static final int LONGEST = 400 * 1024;

  private final Map<Facet, Collector> byFacet = new EnumMap<>(Facet.class);

  /**
   * @param leftOut names of network interfaces that come and go with containers
   */
  public Collectors(
      Machine machine, QdiscProbe qdiscs, KvmProbe kvm, ClockProbe clock, Pattern leftOut) {
    this(
        List.of(
            new IdentityCollector(machine),
            new CpuCollector(machine),
            new MemoryCollector(machine),
            new NumaCollector(machine),
            new DisksCollector(machine),
            new NetworkCollector(machine, leftOut),
            new KernelCollector(machine, qdiscs),
            new VirtualisationCollector(machine, kvm),
            new SecurityCollector(machine),
            new TopologyCollector(machine),
            new RuntimeCollector(machine),
            new TimeCollector(machine, clock)));
  }

  Collectors(List<Collector> collectors) {
    collectors.forEach(collector -> byFacet.put(collector.facet(), collector));
  }

  /** A facet as it is now: its facts, or why there are none. Never fails. */
  public FacetReport collect(Facet facet) {
    Collector collector = Objects.requireNonNull(byFacet.get(facet), facet::word);
    try {
      FacetReport report = collector.collect().report();
      int length = String.valueOf(report.data()).length();
      return length <= LONGEST
          ? report
          : FacetReport.unavailable(facet.word(), "longer than " + LONGEST + " characters");
    } catch (Unavailable e) {
      return FacetReport.unavailable(facet.word(), e.reason());
    } catch (RuntimeException e) {
      // A tool's output that nobody has seen yet must not cost the other facets.
      LOG.atError().addKeyValue("facet", facet.word()).setCause(e).log("A collector failed");
      return FacetReport.unavailable(
          facet.word(), "the collector failed: " + e.getClass().getSimpleName());
    }
  }
}
