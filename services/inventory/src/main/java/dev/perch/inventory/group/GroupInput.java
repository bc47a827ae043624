package dev.perch.inventory.group;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.contract.inventory.Group;
import dev.perch.inventory.Names;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How groups come in: every violation of a body is found at once. */
final class GroupInput {
  private GroupInput() {}

  static GroupSpec create(@Nullable JsonNode body) {
    return Fields.bind(body, GroupInput::spec);
  }

  /** RFC 7396 merge patch of what an operator may change. */
  static GroupSpec patch(Group group, @Nullable JsonNode patch) {
    return Fields.bindPatch(Json.MAPPER.valueToTree(GroupSpec.of(group)), patch, GroupInput::spec);
  }

  private static Supplier<GroupSpec> spec(Fields fields) {
    Value<String> name = fields.required("name", Names.group());
    Value<String> description = fields.optional("description", Rules.text(0, 500));
    Value<HostSelector> selector = fields.required("selector", HostSelector.rule());
    fields.readOnly("id", "version", "createdAt", "updatedAt");
    return () -> new GroupSpec(name.get(), description.orNull(), selector.get().text());
  }
}
