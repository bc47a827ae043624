package dev.perch.inventory.site;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.contract.inventory.Site;
import dev.perch.inventory.Names;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How sites come in: every violation of a body is found at once. */
final class SiteInput {
  private SiteInput() {}

  static SiteSpec create(@Nullable JsonNode body) {
    return Fields.bind(body, SiteInput::spec);
  }

  /** RFC 7396 merge patch of what an operator may change. */
  static SiteSpec patch(Site site, @Nullable JsonNode patch) {
    return Fields.bindPatch(Json.MAPPER.valueToTree(SiteSpec.of(site)), patch, SiteInput::spec);
  }

  private static Supplier<SiteSpec> spec(Fields fields) {
    Value<String> name = fields.required("name", Names.site());
    Value<String> description = fields.optional("description", Rules.text(0, 500));
    Value<Map<String, String>> labels = fields.optional("labels", Rules.labels());
    Value<Long> beat = fields.optional("beatEveryMillis", Rules.integer(100, 60_000));
    fields.readOnly("id", "unreachableSince", "version", "createdAt", "updatedAt");
    return () -> {
      Long millis = beat.orNull();
      return new SiteSpec(
          name.get(),
          description.orNull(),
          labels.orElse(Map.of()),
          millis == null ? null : Math.toIntExact(millis));
    };
  }
}
