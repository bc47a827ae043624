package dev.perch.certmon.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.certmon.credential.CredentialsInput;
import dev.perch.certmon.issue.SubjectName;
import dev.perch.certmon.rule.Words;
import dev.perch.certmon.secret.StoreCredential;
import dev.perch.contract.Json;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Certificate.Usage;
import dev.perch.contract.certmon.Target;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How certificates come in: every violation of a body is found at once. */
final class CertificateInput {
  private static final int MOST_NAMES = 100;

  private CertificateInput() {}

  static CertificateSpec create(@Nullable JsonNode body) {
    return Fields.bind(body, CertificateInput::spec);
  }

  /** RFC 7396 merge patch of what an operator may change. */
  static CertificateSpec patch(Certificate certificate, @Nullable JsonNode patch) {
    CertificateSpec before = CertificateSpec.of(certificate);
    CertificateSpec after =
        Fields.bindPatch(Json.MAPPER.valueToTree(before), patch, CertificateInput::spec);
    if (!Objects.equals(before.siteId(), after.siteId())) {
      throw new Problem.Invalid(
              List.of(
                  new Violation(
                      "certificate.site", "/siteId", null, "Make a new one: its site stays.")))
          .asException();
    }
    return after;
  }

  private static Supplier<CertificateSpec> spec(Fields fields) {
    Value<UUID> site = fields.optional("siteId", Rules.uuid());
    Value<String> name = fields.required("name", Rules.dnsName());
    Value<Map<String, String>> labels = fields.optional("labels", Rules.labels());
    Value<UUID> issuer = fields.required("issuerId", Rules.uuid());
    Value<String> commonName = fields.optional("commonName", Rules.text(1, 64));
    Value<List<String>> names = fields.required("names", Rules.list(subjectName(), MOST_NAMES));
    TermsInput terms = TermsInput.read(fields);
    Value<Boolean> revoke = fields.optional("revokeOnDelete", Rules.bool());
    Value<List<Target>> targets = fields.optional("targets", TargetInput.targets());
    Value<StoreCredentials> credentials =
        fields.optional("credentials", credentials(targets.orNull(), fields.has("targets")));
    fields.readOnly(
        "id",
        "ruleId",
        "suspended",
        "state",
        "revision",
        "publications",
        "renewAt",
        "failure",
        "version",
        "createdAt",
        "updatedAt");
    List<String> given = names.orNull();
    if (given != null && given.isEmpty()) {
      fields.refuse("certificate.names", "names", "Give one name at least.");
    }
    if (isStranger(commonName.orNull(), given, terms.usages())) {
      fields.refuse(
          "certificate.common-name",
          "commonName",
          "Give it among names, too, or leave it out: a server is known by its names.");
    }
    return () ->
        CertificateSpec.of(
                site.orNull(),
                name.get(),
                labels.orElse(Map.of()),
                issuer.get(),
                commonName.orNull(),
                names.get().stream().distinct().toList(),
                terms.get(),
                revoke.orElse(true),
                targets.orElse(List.of()))
            .with(credentials.orNull());
  }

  /** A password is for stores that do not have theirs elsewhere. */
  private static Rule<StoreCredentials> credentials(
      @Nullable List<Target> targets, boolean hasTargets) {
    boolean isUsed =
        targets == null ? hasTargets : targets.stream().anyMatch(CertificateInput::wantsPassword);
    return CredentialsInput.rule(
        StoreCredential.class,
        isUsed ? EnumSet.allOf(StoreCredential.class) : EnumSet.noneOf(StoreCredential.class),
        EnumSet.noneOf(StoreCredential.class),
        StoreCredentials::of);
  }

  private static boolean wantsPassword(Target target) {
    Target.Secret secret = target.secret();
    Target.Pkcs12 stores = secret == null ? null : secret.pkcs12();
    return stores != null && stores.passwordFrom() == null;
  }

  /** Whether a server's common name is none of its names. A client's may be a user or a group. */
  private static boolean isStranger(
      @Nullable String commonName, @Nullable List<String> names, List<Usage> usages) {
    return commonName != null
        && names != null
        && usages.contains(Usage.SERVER)
        && names.stream().noneMatch(name -> SubjectName.parse(name).value().equals(commonName));
  }

  static Rule<String> subjectName() {
    return Words.parsed(
        text -> SubjectName.parse(text).toString(),
        "Use dns:h-1.edge.example, ip:192.0.2.7, uri:spiffe://edge/h-1 or email:noc@edge.example.");
  }
}
