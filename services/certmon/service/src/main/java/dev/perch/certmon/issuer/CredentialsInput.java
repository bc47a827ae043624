package dev.perch.certmon.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.web.input.Place;
import dev.perch.kit.web.input.Rule;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How secrets come in. No violation repeats what was sent. */
final class CredentialsInput {
  private CredentialsInput() {}

  /**
   * @param used those that the issuer can use
   * @param needed those of them that must be there
   */
  static Rule<Credentials> rule(Set<Credential> used, Set<Credential> needed) {
    return (node, at) -> {
      if (!node.isObject()) {
        at.refuse("body.not-an-object", null, "Send a JSON object.");
        return null;
      }
      int before = at.violations().size();
      Map<Credential, String> given = new EnumMap<>(Credential.class);
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        read(field, used, at.field(field.getKey()), given);
      }
      for (Credential missing : needed) {
        if (!node.has(missing.field())) {
          at.field(missing.field()).refuse("field.required", null, missing.remedy());
        }
      }
      return at.violations().size() == before ? Credentials.of(given) : null;
    };
  }

  private static void read(
      Map.Entry<String, JsonNode> field,
      Set<Credential> used,
      Place at,
      Map<Credential, String> given) {
    Optional<Credential> known =
        Arrays.stream(Credential.values())
            .filter(each -> each.field().equals(field.getKey()))
            .findFirst();
    if (known.isEmpty() || !used.contains(known.get())) {
      at.refuse(
          known.isEmpty() ? "field.unknown" : "credential.unused",
          null,
          "Remove this field; this issuer has "
              + (used.isEmpty()
                  ? "no credentials."
                  : used.stream().map(Credential::field).toList()));
      return;
    }
    Credential credential = known.get();
    if (field.getValue().isTextual() && credential.accepts(field.getValue().textValue())) {
      given.put(credential, field.getValue().textValue());
    } else {
      at.refuse("value.syntax", null, credential.remedy());
    }
  }
}
