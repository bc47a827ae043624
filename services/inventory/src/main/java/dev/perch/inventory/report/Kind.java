package dev.perch.inventory.report;

import dev.perch.contract.Aggregate;
import dev.perch.contract.Catalogue;
import java.util.UUID;

/** The kinds of things hosts report; each is published on topics of its own. */
public enum Kind {
  FACET("facet", Catalogue.HOST_FACETS),
  OBSERVATION("observation", Catalogue.HOST_OBSERVATIONS);

  private final String word;
  private final Aggregate aggregate;

  Kind(String word, Aggregate aggregate) {
    this.word = word;
    this.aggregate = aggregate;
  }

  String word() {
    return word;
  }

  Aggregate aggregate() {
    return aggregate;
  }

  static String key(UUID host, String name) {
    return host + "/" + name;
  }
}
