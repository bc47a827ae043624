package dev.perch.contract.facts;

import java.util.Map;

/**
 * The facts of one facet. A component that is absent does not exist on the host, or could not be
 * found out: then {@link #unknown()} says why. Words are the kernel's or the tool's own. Numbers
 * are integers, so that everybody computes the same {@link Digest}.
 */
public sealed interface Facts
    permits IdentityFacts,
        CpuFacts,
        MemoryFacts,
        NumaFacts,
        DisksFacts,
        NetworkFacts,
        KernelFacts,
        VirtualisationFacts,
        SecurityFacts,
        TopologyFacts,
        RuntimeFacts,
        TimeFacts {

  Facet facet();

  /** What could not be found out, by field, and why. */
  Map<String, String> unknown();
}
