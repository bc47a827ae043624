package dev.perch.cli.event;

import dev.perch.contract.Aggregate;
import dev.perch.contract.Catalogue;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the changes of each kind of resource are. */
final class Logs {
  /** Of the catalogue, as the types of events begin. */
  static final List<String> KINDS =
      Catalogue.aggregates().stream().map(Aggregate::name).distinct().toList();

  /**
   * The lists that can be watched; what hosts report, and what follows from it, is on Kafka only.
   */
  static final Map<String, String> LISTS =
      Map.of(
          "site", "/v1/sites",
          "host", "/v1/hosts",
          "group", "/v1/groups",
          "operation", "/v1/operations",
          "alarm", "/v1/alarms");

  private Logs() {}

  /**
   * @param kinds none of them are all
   */
  static List<String> topics(Set<String> kinds) {
    return Catalogue.aggregates().stream()
        .filter(aggregate -> kinds.isEmpty() || kinds.contains(aggregate.name()))
        .map(aggregate -> aggregate.log().name())
        .toList();
  }
}
