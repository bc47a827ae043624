package dev.perch.agent.facts;

import dev.perch.agent.machine.Unavailable;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.Facts;

/** Collects one facet. It changes nothing on the machine, works without privileges, and says so. */
public interface Collector {

  Facet facet();

  /**
   * The facts as they are now. The same machine gives equal facts.
   *
   * @throws Unavailable if nothing at all can be said
   */
  Facts collect() throws Unavailable;
}
