package dev.perch.inventory.link;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.HostFacet;
import dev.perch.contract.host.Aspect;
import dev.perch.contract.host.HostObservation;
import dev.perch.contract.link.FacetDigest;
import dev.perch.contract.link.FacetReport;
import dev.perch.contract.link.LinkMessage.Facts;
import dev.perch.contract.link.LinkMessage.Observed;
import dev.perch.contract.link.LinkMessage.Refusal;
import dev.perch.contract.link.LinkMessage.Report;
import dev.perch.inventory.report.Kind;
import dev.perch.inventory.report.Reported;
import java.time.Instant;
import java.util.List;

/** Makes of a message what is to be stored, and says what cannot be. */
final class ReportReader {
  private ReportReader() {}

  static void read(Session session, Report report, List<Reported> reported, List<Refusal> refused) {
    switch (report) {
      case Facts facts ->
          facts.facets().forEach(facet -> facet(session, facts.seq(), facet, reported, refused));
      case Observed observed -> observed(session, observed, reported, refused);
    }
  }

  private static void facet(
      Session session,
      long seq,
      FacetReport report,
      List<Reported> reported,
      List<Refusal> refused) {
    if (report == null || Facet.find(report.facet()).isEmpty()) {
      refused.add(new Refusal(seq, "facet.unknown", "This server does not know the facet."));
      return;
    }
    try {
      // Made once to find out whether it is of its facet's shape.
      HostFacet.of(session.host(), report, 1, Instant.EPOCH);
      reported.add(
          new Reported(
              Kind.FACET,
              session.host(),
              session.site(),
              report.facet(),
              FacetDigest.of(report),
              (version, at) -> HostFacet.of(session.host(), report, version, at)));
    } catch (IllegalArgumentException e) {
      refused.add(new Refusal(seq, "facet.malformed", report.facet() + " has another shape."));
    }
  }

  private static void observed(
      Session session, Observed observed, List<Reported> reported, List<Refusal> refused) {
    if (observed.aspect() == null || Aspect.find(observed.aspect()).isEmpty()) {
      refused.add(new Refusal(observed.seq(), "aspect.unknown", "There is no such aspect."));
      return;
    }
    reported.add(
        new Reported(
            Kind.OBSERVATION,
            session.host(),
            session.site(),
            observed.aspect(),
            digest(observed),
            (version, at) ->
                new HostObservation(
                    session.host(),
                    observed.aspect(),
                    observed.generation(),
                    observed.conditions(),
                    observed.readBack(),
                    version,
                    at)));
  }

  /** Of all that was observed; the number it came with says nothing. */
  private static String digest(Observed observed) {
    JsonNode content =
        Json.MAPPER.valueToTree(
            new Observed(
                0,
                observed.aspect(),
                observed.generation(),
                observed.conditions(),
                observed.readBack()));
    return FacetDigest.of(FacetReport.of(observed.aspect(), content));
  }
}
