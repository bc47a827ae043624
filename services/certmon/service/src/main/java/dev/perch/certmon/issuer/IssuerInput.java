package dev.perch.certmon.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.certmon.issue.NameSpace;
import dev.perch.certmon.rule.Words;
import dev.perch.contract.Json;
import dev.perch.contract.certmon.Issuer;
import dev.perch.contract.certmon.KeyAlgorithm;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How issuers come in: every violation of a body is found at once. */
final class IssuerInput {
  private static final int MOST_NAMES = 100;
  private static final Duration CA_LIFE = Duration.ofDays(3650);
  private static final Duration LEAF_LIFE = Duration.ofDays(397);

  private IssuerInput() {}

  static IssuerSpec create(@Nullable JsonNode body) {
    return Fields.bind(body, IssuerInput::spec);
  }

  /** RFC 7396 merge patch of what an operator may change. */
  static IssuerSpec patch(Issuer issuer, @Nullable JsonNode patch) {
    IssuerSpec before = IssuerSpec.of(issuer);
    IssuerSpec after = Fields.bindPatch(Json.MAPPER.valueToTree(before), patch, IssuerInput::spec);
    if (after.kind() != before.kind() || !Objects.equals(after.ca(), before.ca())) {
      throw new Problem.Invalid(
              List.of(
                  new Violation(
                      "issuer.fixed",
                      "/kind",
                      null,
                      "Make a new issuer: who signed a certificate does not change.")))
          .asException();
    }
    return after;
  }

  private static Supplier<IssuerSpec> spec(Fields fields) {
    Value<String> name = fields.required("name", Rules.label());
    Value<String> description = fields.optional("description", Rules.text(0, 500));
    Value<Map<String, String>> labels = fields.optional("labels", Rules.labels());
    Value<Issuer.Kind> kind = fields.required("kind", Rules.oneOf(Issuer.Kind.class));
    Value<Issuer.Ca> ca = fields.optional("ca", Rules.object(IssuerInput::ca));
    fields.readOnly("id", "state", "authority", "failure", "version", "createdAt", "updatedAt");
    boolean isCa = kind.orNull() == Issuer.Kind.CA;
    if (kind.orNull() != null && isCa != (ca.orNull() != null)) {
      fields.refuse("issuer.ca", "ca", isCa ? "Say what CA it is." : "Only a CA has this.");
    }
    return () ->
        new IssuerSpec(
            name.get(), description.orNull(), labels.orElse(Map.of()), kind.get(), ca.orNull());
  }

  private static Supplier<Issuer.Ca> ca(Fields fields) {
    Value<String> subject = fields.required("subject", Rules.text(1, 64));
    Value<KeyAlgorithm> key = fields.optional("key", Rules.oneOf(KeyAlgorithm.class));
    Value<Duration> life =
        fields.optional("life", Words.duration(Duration.ofHours(1), Duration.ofDays(36_500)));
    Value<Duration> longest =
        fields.optional(
            "longestLife", Words.duration(Duration.ofMinutes(1), Duration.ofDays(36_500)));
    Value<Long> path = fields.optional("pathLength", Rules.integer(0, 10));
    Value<List<String>> permitted =
        fields.optional("permitted", Rules.list(nameSpace(), MOST_NAMES));
    Value<List<String>> excluded = fields.optional("excluded", Rules.list(nameSpace(), MOST_NAMES));
    return () -> {
      Duration whole = life.orElse(CA_LIFE);
      Long length = path.orNull();
      return new Issuer.Ca(
          subject.get(),
          key.orElse(KeyAlgorithm.P256),
          whole,
          longest.orElse(LEAF_LIFE.compareTo(whole) < 0 ? LEAF_LIFE : whole),
          length == null ? null : Math.toIntExact(length),
          permitted.orElse(List.of()),
          excluded.orElse(List.of()));
    };
  }

  private static Rule<String> nameSpace() {
    return Words.parsed(
        text -> new NameSpace(text).text(),
        "Use a domain (edge.example) or a network (192.0.2.0/24).");
  }
}
