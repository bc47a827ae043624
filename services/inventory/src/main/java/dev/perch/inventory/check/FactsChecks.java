package dev.perch.inventory.check;

import dev.perch.contract.facts.Facet;
import dev.perch.inventory.check.Check.Finding;
import java.time.Duration;
import java.util.List;

/** Whether Perch knows the machine. */
final class FactsChecks {
  /** Agents confirm their facts every ten minutes: this is three times in a row without. */
  static final Duration FRESH = Duration.ofMinutes(30);

  private static final List<Facet> NEEDED =
      List.of(
          Facet.IDENTITY,
          Facet.CPU,
          Facet.MEMORY,
          Facet.DISKS,
          Facet.NETWORK,
          Facet.KERNEL,
          Facet.TIME);

  static final Check COMPLETE =
      Check.waivable(
          "facts.complete",
          "/facets",
          "These facets are missing or unavailable: GET /v1/hosts/{id}/facets says why.",
          subject -> {
            List<String> missing =
                NEEDED.stream()
                    .filter(facet -> subject.facts(facet).isEmpty())
                    .map(Facet::word)
                    .toList();
            return Finding.of(missing.isEmpty(), missing.isEmpty() ? null : missing);
          });

  static final Check CONFIRMED =
      Check.waivable(
          "facts.fresh",
          "/facets",
          "The agent has not confirmed its facts for half an hour: restart it and read its log.",
          subject ->
              Finding.of(
                  subject.factsConfirmedAt() != null
                      && Duration.between(subject.factsConfirmedAt(), subject.now())
                              .compareTo(FRESH)
                          < 0,
                  subject.factsConfirmedAt()));

  static final List<Check> ALL = List.of(COMPLETE, CONFIRMED);

  private FactsChecks() {}
}
