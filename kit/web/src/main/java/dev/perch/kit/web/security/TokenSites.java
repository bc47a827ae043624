package dev.perch.kit.web.security;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sites a token is limited to, from its claim {@value #CLAIM}; empty when it is not limited.
 */
record TokenSites(Optional<Set<UUID>> ids) {
  static final String CLAIM = "sites";

  TokenSites {
    ids = ids.map(Set::copyOf);
  }

  /** What cannot be read allows nothing: a claim of another shape limits the token to no site. */
  static TokenSites of(@Nullable Object claim) {
    if (claim == null) {
      return new TokenSites(Optional.empty());
    }
    Collection<?> ids =
        switch (claim) {
          case JsonArray array -> array;
          case Collection<?> collection -> collection;
          default -> List.of(claim);
        };
    Set<UUID> sites = new HashSet<>();
    for (Object id : ids) {
      UUID site = uuid(id);
      if (site != null) {
        sites.add(site);
      }
    }
    return new TokenSites(Optional.of(sites));
  }

  private static @Nullable UUID uuid(@Nullable Object id) {
    try {
      return switch (id) {
        case JsonString text -> UUID.fromString(text.getString());
        case String text -> UUID.fromString(text);
        case null -> null;
        default -> null;
      };
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
