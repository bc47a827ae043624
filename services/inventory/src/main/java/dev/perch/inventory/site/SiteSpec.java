package dev.perch.inventory.site;

import dev.perch.contract.inventory.Site;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an operator says about a site: everything of it that a patch may change. */
record SiteSpec(
    String name,
    @Nullable String description,
    Map<String, String> labels,
    @Nullable Integer beatEveryMillis) {

  SiteSpec {
    labels = Map.copyOf(labels);
  }

  static SiteSpec of(Site site) {
    return new SiteSpec(site.name(), site.description(), site.labels(), site.beatEveryMillis());
  }
}
