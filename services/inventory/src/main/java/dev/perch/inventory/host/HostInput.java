package dev.perch.inventory.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.contract.inventory.Host;
import dev.perch.inventory.Names;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How hosts come in: every violation of a body is found at once. */
final class HostInput {
  private HostInput() {}

  /** The body of a registration. */
  record NewHost(
      UUID siteId,
      String name,
      Host.Personality personality,
      @Nullable Map<String, String> labels,
      Host.@Nullable Bmc bmc) {

    static NewHost of(UUID siteId, HostSpec spec) {
      return new NewHost(siteId, spec.name(), spec.personality(), spec.labels(), spec.bmc());
    }

    HostSpec spec() {
      return new HostSpec(name, personality, labels == null ? Map.of() : labels, bmc);
    }
  }

  static NewHost register(@Nullable JsonNode body) {
    return Fields.bind(
        body,
        fields -> {
          Value<UUID> site = fields.required("siteId", Rules.uuid());
          Supplier<HostSpec> spec = spec(fields);
          observed(fields);
          return () -> NewHost.of(site.get(), spec.get());
        });
  }

  /** A row of a file; its site is given by name or id. */
  record Row(String site, HostSpec spec) {}

  static Row row(JsonNode row) {
    return Fields.bind(
        row,
        fields -> {
          Value<String> site = fields.required("site", Rules.text(1, 63));
          Supplier<HostSpec> spec = spec(fields);
          return () -> new Row(site.get(), spec.get());
        });
  }

  /** RFC 7396 merge patch of what an operator may change. */
  static HostSpec patch(Host host, @Nullable JsonNode patch) {
    return Fields.bindPatch(
        Json.MAPPER.valueToTree(HostSpec.of(host)),
        patch,
        fields -> {
          Supplier<HostSpec> spec = spec(fields);
          observed(fields);
          fields.readOnly("siteId");
          return spec;
        });
  }

  private static Supplier<HostSpec> spec(Fields fields) {
    Value<String> name = fields.required("name", Names.host());
    Value<Host.Personality> personality =
        fields.required("personality", Rules.oneOf(Host.Personality.class));
    Value<Map<String, String>> labels = fields.optional("labels", Rules.labels());
    Value<Host.Bmc> bmc =
        fields.optional(
            "bmc",
            Rules.object(
                f -> {
                  Value<Host.Bmc> address = f.required("address", BmcAddress.rule());
                  return address::get;
                }));
    return () -> new HostSpec(name.get(), personality.get(), labels.orElse(Map.of()), bmc.orNull());
  }

  private static void observed(Fields fields) {
    fields.readOnly("id", "state", "version", "createdAt", "updatedAt");
  }
}
