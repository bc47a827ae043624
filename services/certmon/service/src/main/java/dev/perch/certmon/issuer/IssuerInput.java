package dev.perch.certmon.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.certmon.credential.CredentialsInput;
import dev.perch.certmon.issue.NameSpace;
import dev.perch.certmon.pace.Paces;
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
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How issuers come in: every violation of a body is found at once. */
final class IssuerInput {
  private static final int MOST_NAMES = 100;
  private static final Duration CA_LIFE = Duration.ofDays(3650);
  private static final Duration LEAF_LIFE = Duration.ofDays(397);

  private IssuerInput() {}

  static IssuerSpec create(@Nullable JsonNode body) {
    return Fields.bind(body, fields -> spec(fields, Set.of()));
  }

  /** RFC 7396 merge patch of what an operator may change. */
  static IssuerSpec patch(Issuer issuer, @Nullable JsonNode patch) {
    IssuerSpec before = IssuerSpec.of(issuer);
    IssuerSpec after =
        Fields.bindPatch(
            Json.MAPPER.valueToTree(before), patch, fields -> spec(fields, needed(before)));
    if (after.kind() != before.kind()
        || !Objects.equals(after.ca(), before.ca())
        || !Objects.equals(directory(after), directory(before))) {
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

  private static @Nullable URI directory(IssuerSpec spec) {
    return spec.acme() == null ? null : spec.acme().directory();
  }

  private static Set<Credential> needed(IssuerSpec spec) {
    return spec.csrApi() != null
        ? Set.of(Credential.API_KEY)
        : spec.acme() != null ? Credential.neededBy(spec.acme()) : Set.of();
  }

  /**
   * @param kept the credentials that were needed before, and are there
   */
  private static Supplier<IssuerSpec> spec(Fields fields, Set<Credential> kept) {
    Value<String> name = fields.required("name", Rules.label());
    Value<String> description = fields.optional("description", Rules.text(0, 500));
    Value<Map<String, String>> labels = fields.optional("labels", Rules.labels());
    Value<Issuer.Kind> kind = fields.required("kind", Rules.oneOf(Issuer.Kind.class));
    Value<Issuer.Ca> ca = fields.optional("ca", Rules.object(IssuerInput::ca));
    Value<Issuer.Acme> acme = fields.optional("acme", Rules.object(RemoteInput::acme));
    Value<Issuer.CsrApi> api = fields.optional("csrApi", Rules.object(RemoteInput::csrApi));
    Value<Issuer.Rate> rate = fields.optional("rate", Rules.object(RemoteInput::rate));
    fields.readOnly("id", "state", "authority", "failure", "version", "createdAt", "updatedAt");
    belongs(fields, kind, Issuer.Kind.CA, "ca", ca);
    belongs(fields, kind, Issuer.Kind.ACME, "acme", acme);
    belongs(fields, kind, Issuer.Kind.CSR_API, "csrApi", api);
    boolean elsewhere = acme.isPresent() || api.isPresent();
    if (rate.isPresent() && !elsewhere) {
      fields.refuse("issuer.rate", "rate", "Only an issuer elsewhere has this.");
    }
    Value<Credentials> credentials = credentials(fields, acme.orNull(), api.orNull(), kept);
    return () ->
        new IssuerSpec(
            name.get(),
            description.orNull(),
            labels.orElse(Map.of()),
            kind.get(),
            ca.orNull(),
            acme.orNull(),
            api.orNull(),
            elsewhere ? rate.orElse(Paces.USUAL) : null,
            credentials.orNull());
  }

  /** An issuer of a kind has what belongs to it, and nothing of another. */
  private static void belongs(
      Fields fields, Value<Issuer.Kind> kind, Issuer.Kind owner, String field, Value<?> part) {
    boolean is = kind.orNull() == owner;
    if (kind.orNull() != null && is != part.isPresent()) {
      fields.refuse(
          "issuer." + field,
          field,
          is ? "Say what it is." : "Only an issuer of kind " + owner + " has this.");
    }
  }

  private static Value<Credentials> credentials(
      Fields fields,
      Issuer.@Nullable Acme acme,
      Issuer.@Nullable CsrApi api,
      Set<Credential> kept) {
    Set<Credential> used = EnumSet.noneOf(Credential.class);
    Set<Credential> needed = EnumSet.noneOf(Credential.class);
    if (acme != null) {
      used.addAll(Credential.usedBy(acme));
      needed.addAll(Credential.neededBy(acme));
    }
    if (api != null) {
      used.add(Credential.API_KEY);
      needed.add(Credential.API_KEY);
    }
    needed.removeAll(kept);
    var rule = CredentialsInput.rule(Credential.class, used, needed, Credentials::of);
    return needed.isEmpty()
        ? fields.optional("credentials", rule)
        : fields.required("credentials", rule);
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
