package dev.perch.contract.facts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.contract.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent sends of one facet: facts, or the reason why there are none.
 *
 * @param facet null if the writer is newer and uses a word this reader does not know
 * @param digest {@link Digest} of the facts, or of the reason as a JSON string
 * @param unavailable why the host cannot tell; null if there are facts
 * @param facts as the host wrote them: a newer host's may hold fields this reader does not know
 */
public record FacetReport(
    @Nullable Facet facet, String digest, @Nullable String unavailable, @Nullable JsonNode facts) {

  /** Longest reason; a longer one is not a report. */
  public static final int MAX_REASON = 1000;

  /**
   * @throws IllegalArgumentException unless it holds either facts or a reason, and a digest
   */
  public FacetReport {
    boolean hasFacts = facts != null && facts.isObject();
    if (hasFacts == (unavailable != null)) {
      throw new IllegalArgumentException("a facet's report holds either facts or a reason");
    }
    if (unavailable != null && unavailable.length() > MAX_REASON) {
      throw new IllegalArgumentException("the reason is longer than " + MAX_REASON);
    }
    if (digest == null || !Digest.isDigest(digest)) {
      throw new IllegalArgumentException("not a digest");
    }
    facts = hasFacts ? facts : null;
  }

  public static FacetReport of(Facts facts) {
    JsonNode json = Json.MAPPER.valueToTree(facts);
    return new FacetReport(facts.facet(), Digest.of(json), null, json);
  }

  public static FacetReport unavailable(Facet facet, String reason) {
    String text = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
    return new FacetReport(facet, Digest.of(TextNode.valueOf(text)), text, null);
  }

  /** Is the digest that of the content? */
  public boolean isIntact() {
    JsonNode content = facts != null ? facts : TextNode.valueOf(unavailable);
    return Digest.of(content).equals(digest);
  }

  /**
   * The facts as this version understands them; empty if there is a reason instead.
   *
   * @throws IllegalArgumentException if they are not of the facet's shape, or the facet is unknown
   */
  public Optional<Facts> read() {
    if (facts == null) {
      return Optional.empty();
    }
    if (facet == null) {
      throw new IllegalArgumentException("an unknown facet");
    }
    try {
      return Optional.of(Json.MAPPER.treeToValue(facts, facet.type()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not the facts of " + facet.word(), e);
    }
  }
}
