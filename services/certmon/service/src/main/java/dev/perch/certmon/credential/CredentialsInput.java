package dev.perch.certmon.credential;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.web.input.Place;
import dev.perch.kit.web.input.Rule;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** How secrets come in. No violation repeats what was sent. */
public final class CredentialsInput {
  private CredentialsInput() {}

  /**
   * @param used those that this resource can use
   * @param needed those of them that must be there
   * @param of makes the value of what was given
   */
  public static <C extends Enum<C> & CredentialKind, T> Rule<T> rule(
      Class<C> type, Set<C> used, Set<C> needed, Function<Map<C, String>, T> of) {
    return (node, at) -> {
      if (!node.isObject()) {
        at.refuse("body.not-an-object", null, "Send a JSON object.");
        return null;
      }
      int before = at.violations().size();
      Map<C, String> given = new EnumMap<>(type);
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        read(type, field, used, at.field(field.getKey()), given);
      }
      for (C missing : needed) {
        if (!node.has(missing.field())) {
          at.field(missing.field()).refuse("field.required", null, missing.remedy());
        }
      }
      return at.violations().size() == before ? of.apply(given) : null;
    };
  }

  private static <C extends Enum<C> & CredentialKind> void read(
      Class<C> type,
      Map.Entry<String, JsonNode> field,
      Set<C> used,
      Place at,
      Map<C, String> given) {
    Optional<C> known =
        Arrays.stream(type.getEnumConstants())
            .filter(each -> each.field().equals(field.getKey()))
            .findFirst();
    if (known.isEmpty() || !used.contains(known.get())) {
      at.refuse(
          known.isEmpty() ? "field.unknown" : "credential.unused",
          null,
          "Remove this field; this one has "
              + (used.isEmpty()
                  ? "no credentials."
                  : used.stream().map(CredentialKind::field).toList()));
      return;
    }
    C credential = known.get();
    if (field.getValue().isTextual() && credential.accepts(field.getValue().textValue())) {
      given.put(credential, field.getValue().textValue());
    } else {
      at.refuse("value.syntax", null, credential.remedy());
    }
  }
}
