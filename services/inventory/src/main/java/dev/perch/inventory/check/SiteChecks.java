package dev.perch.inventory.check;

import dev.perch.inventory.check.Check.Finding;
import java.util.List;

/** The site the host stands in. */
final class SiteChecks {
  static final Check REACHABLE =
      Check.strict(
          "site.reachable",
          "/siteId",
          "All agents of the site, or most, are silent: check its uplink and power. To lock the host"
              + " all the same, use force-lock.",
          subject ->
              Finding.of(
                  subject.site().unreachableSince() == null, subject.site().unreachableSince()));

  static final List<Check> ALL = List.of(REACHABLE);

  private SiteChecks() {}
}
