package dev.perch.certmon.site;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.web.page.Where;
import dev.perch.kit.web.security.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who may do what to what belongs to a site, or to none. */
public final class Sites {
  private Sites() {}

  /** What belongs to no site belongs to those who are limited to none. */
  public static void require(Caller caller, @Nullable UUID site) {
    if (site == null) {
      caller.requireAllSites();
    } else {
      caller.requireSite(site);
    }
  }

  public static void requireRead(Caller caller, @Nullable UUID site) {
    if (site != null) {
      caller.requireSite(site);
    }
  }

  /** What a caller may read, by the column {@code site_id}. */
  public static Where visible(Caller caller) {
    var where = new Where();
    caller
        .sites()
        .ifPresent(
            own ->
                where.and(
                    "(site_id is null or site_id = any (?))", (Object) own.toArray(UUID[]::new)));
    return where;
  }

  /** The site of a resource in its timeline. */
  public static @Nullable UUID of(JsonNode resource) {
    JsonNode site = resource.path("siteId");
    return site.isTextual() ? UUID.fromString(site.textValue()) : null;
  }
}
