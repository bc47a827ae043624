package dev.perch.certmon.assignment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.certmon.certificate.TargetInput;
import dev.perch.certmon.certificate.Terms;
import dev.perch.certmon.certificate.TermsInput;
import dev.perch.certmon.issue.SubjectName;
import dev.perch.contract.Json;
import dev.perch.contract.certmon.CertificateRule;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How rules come in: every violation of a body is found at once. */
final class RuleInput {
  private static final int MOST_NAMES = 100;
  private static final int LONGEST = 1000;
  private static final String PLACEHOLDERS =
      "Use the placeholders {name}, {id} and {label:KEY}; an address of a host is not known here,"
          + " but a label may say it: ip:{label:address}.";

  private RuleInput() {}

  static RuleSpec create(@Nullable JsonNode body) {
    return Fields.bind(body, RuleInput::spec);
  }

  /** RFC 7396 merge patch of what an operator may change. */
  static RuleSpec patch(CertificateRule rule, @Nullable JsonNode patch) {
    RuleSpec before = RuleSpec.of(rule);
    RuleSpec after = Fields.bindPatch(Json.MAPPER.valueToTree(before), patch, RuleInput::spec);
    if (!Objects.equals(before.siteId(), after.siteId())) {
      throw new Problem.Invalid(
              List.of(
                  new Violation("rule.site", "/siteId", null, "Make a new one: its site stays.")))
          .asException();
    }
    return after;
  }

  private static Supplier<RuleSpec> spec(Fields fields) {
    Value<UUID> site = fields.optional("siteId", Rules.uuid());
    Value<String> name = fields.required("name", Rules.label());
    Value<String> description = fields.optional("description", Rules.text(0, 500));
    Value<String> selector = fields.optional("selector", HostLabels.rule());
    Value<Map<String, String>> labels = fields.optional("labels", Rules.labels());
    Value<UUID> issuer = fields.required("issuerId", Rules.uuid());
    Value<List<String>> names = fields.required("names", Rules.list(subjectName(), MOST_NAMES));
    TermsInput terms = TermsInput.read(fields);
    Value<CertificateRule.Folder> target =
        fields.required("target", Rules.object(RuleInput::target));
    fields.readOnly("id", "version", "createdAt", "updatedAt");
    List<String> given = names.orNull();
    if (given != null && given.isEmpty()) {
      fields.refuse("certificate.names", "names", "Give one name at least.");
    }
    return () -> {
      Terms said = terms.get();
      return new RuleSpec(
          site.orNull(),
          name.get(),
          description.orNull(),
          selector.orNull(),
          labels.orElse(Map.of()),
          issuer.get(),
          names.get().stream().distinct().toList(),
          said.usages(),
          said.life(),
          said.key(),
          said.renewal(),
          said.alarmBefore(),
          target.get());
    };
  }

  private static Supplier<CertificateRule.Folder> target(Fields fields) {
    return TargetInput.folder(
        fields, template(text -> SubjectName.dns(new Template(text).sample("l"))));
  }

  private static Rule<String> subjectName() {
    return template(
        text -> {
          // What a label will say is not known yet: it could be an address.
          String label = text.startsWith("ip:") ? "192.0.2.1" : "l";
          return SubjectName.parse(new Template(text).sample(label));
        });
  }

  /**
   * A text with placeholders.
   *
   * @param check throws an {@link IllegalArgumentException} if no host could have it
   */
  private static Rule<String> template(Function<String, SubjectName> check) {
    return (node, at) -> {
      if (!node.isTextual() || node.textValue().length() > LONGEST) {
        at.refuse("value.syntax", node, "Use a text of up to " + LONGEST + " characters.");
        return null;
      }
      try {
        var _ = check.apply(node.textValue());
        return node.textValue();
      } catch (Template.Unfilled e) {
        at.refuse("template.placeholder", node, PLACEHOLDERS);
      } catch (IllegalArgumentException e) {
        at.refuse(
            "value.syntax",
            node,
            "Make it a name once the placeholders are filled: dns:{name}.edge.example,"
                + " uri:spiffe://edge/{id}.");
      }
      return null;
    };
  }
}
