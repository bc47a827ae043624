package dev.perch.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.agent.facts.Collectors;
import dev.perch.contract.Json;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.link.FacetReport;
import java.util.List;
import java.util.stream.Stream;

/** What the agent would send about this machine. */
final class FactsCommand {
  private final Collectors collectors;

  FactsCommand(Collectors collectors) {
    this.collectors = collectors;
  }

  /**
   * @param words of facets; all of them if there are none
   * @throws IllegalArgumentException if there is no such facet
   */
  String run(List<String> words) throws JsonProcessingException {
    List<Facet> facets =
        words.isEmpty()
            ? List.of(Facet.values())
            : words.stream().map(FactsCommand::facet).toList();
    ObjectNode all = Json.MAPPER.createObjectNode();
    for (Facet facet : facets) {
      FacetReport report = collectors.collect(facet);
      ObjectNode shown = Json.MAPPER.valueToTree(report);
      var _ = shown.remove("facet");
      all.set(facet.word(), report.data() == null ? shown : report.data());
    }
    return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }

  private static Facet facet(String word) {
    return Facet.find(word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no facet "
                        + word
                        + "; there are "
                        + Stream.of(Facet.values()).map(Facet::word).toList()));
  }
}
