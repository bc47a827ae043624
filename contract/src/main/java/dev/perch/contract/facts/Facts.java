package dev.perch.contract.facts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.contract.link.FacetReport;
import java.util.Map;

/**
 * The facts of one facet. A component that is absent does not exist on the host, or could not be
 * found out: then {@link #unknown()} says why. Words are the kernel's or the tool's own. Numbers
 * are integers, so that everybody computes the same {@link dev.perch.contract.link.FacetDigest}.
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

  /** As an agent sends them. */
  default FacetReport report() {
    return FacetReport.of(facet().word(), Json.MAPPER.valueToTree(this));
  }

  /**
   * The facts an agent sent, as this version understands them.
   *
   * @throws IllegalArgumentException if they are not of the facet's shape
   */
  static Facts read(Facet facet, JsonNode data) {
    try {
      return Json.MAPPER.treeToValue(data, facet.type());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not the facts of " + facet.word(), e);
    }
  }
}
