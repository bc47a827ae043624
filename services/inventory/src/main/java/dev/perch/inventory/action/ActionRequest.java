package dev.perch.inventory.action;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.inventory.check.Check;
import dev.perch.inventory.check.Checks;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param reason kept with the operation and in the timeline; null for that of the header
 * @param waive names of checks that need not hold; only those that may be waived
 */
record ActionRequest(Action action, @Nullable String reason, List<String> waive) {
  private static final int MOST = 50;

  ActionRequest {
    waive = List.copyOf(waive);
  }

  /** The body as it is documented. */
  record Body(
      @Schema(
              enumeration = {
                "lock",
                "unlock",
                "force-lock",
                "reboot",
                "power-on",
                "power-off",
                "reset",
                "reinstall",
                "delete"
              })
          String action,
      @Schema(description = "Why; kept with the operation and in the timeline.")
          @Nullable String reason,
      @Schema(description = "Names of waivable checks that need not hold; kept with the operation.")
          @Nullable List<String> waive) {}

  static ActionRequest of(@Nullable JsonNode body) {
    return Fields.bind(
        body,
        fields -> {
          Value<Action> action = fields.required("action", known());
          Value<String> reason = fields.optional("reason", Rules.text(1, 500));
          Value<List<String>> waive = fields.optional("waive", Rules.list(waivable(), MOST));
          return () -> new ActionRequest(action.get(), reason.orNull(), waive.orElse(List.of()));
        });
  }

  private static Rule<Action> known() {
    return (node, at) -> {
      Action found = node.isTextual() ? Action.find(node.textValue()).orElse(null) : null;
      if (found == null) {
        at.refuse("value.not-allowed", node, "Use one of " + Action.words() + ".");
      }
      return found;
    };
  }

  private static Rule<String> waivable() {
    List<String> names =
        Checks.ALL.stream().filter(Check::isWaivable).map(Check::name).sorted().toList();
    return (node, at) -> {
      if (!node.isTextual() || !names.contains(node.textValue())) {
        at.refuse("value.not-allowed", node, "Use names of " + String.join(", ", names) + ".");
        return null;
      }
      return node.textValue();
    };
  }
}
