package dev.perch.contract.link;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One facet as the agent found it: exactly one of data and unavailable is there.
 *
 * @param facet its name: {@code cpu}
 * @param data an object; its shape belongs to the facet
 * @param unavailable why it could not be collected at all, in one line; never empty
 */
public record FacetReport(String facet, @Nullable JsonNode data, @Nullable String unavailable) {

  public FacetReport {
    if ((data == null) == (unavailable == null)) {
      throw new IllegalArgumentException("a facet has either data or a reason why it has none");
    }
  }

  public static FacetReport of(String facet, JsonNode data) {
    return new FacetReport(facet, data, null);
  }

  public static FacetReport unavailable(String facet, String reason) {
    return new FacetReport(facet, null, reason);
  }
}
