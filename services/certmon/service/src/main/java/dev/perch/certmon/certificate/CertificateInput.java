package dev.perch.certmon.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.certmon.issue.SubjectName;
import dev.perch.certmon.rule.Words;
import dev.perch.contract.Json;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.Certificate.KeyPolicy;
import dev.perch.contract.certmon.Certificate.Renewal;
import dev.perch.contract.certmon.Certificate.Rotation;
import dev.perch.contract.certmon.Certificate.Usage;
import dev.perch.contract.certmon.Certificate.Window;
import dev.perch.contract.certmon.KeyAlgorithm;
import dev.perch.contract.certmon.Target;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How certificates come in: every violation of a body is found at once. */
final class CertificateInput {
  private static final int MOST_NAMES = 100;
  private static final int MOST_WINDOWS = 20;
  private static final Duration SHORTEST = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final Duration USUAL = Duration.ofDays(90);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

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
    Value<List<Usage>> usages = fields.optional("usages", Rules.list(Rules.oneOf(Usage.class), 2));
    Value<Duration> life = fields.optional("life", Words.duration(SHORTEST, LONGEST));
    Value<KeyPolicy> key = fields.optional("key", Rules.object(CertificateInput::key));
    Value<Renewal> renewal = fields.optional("renewal", Rules.object(CertificateInput::renewal));
    Value<Duration> alarm =
        fields.optional("alarmBefore", Words.duration(Duration.ofMinutes(1), Duration.ofDays(366)));
    Value<Boolean> revoke = fields.optional("revokeOnDelete", Rules.bool());
    Value<List<Target>> targets = fields.optional("targets", TargetInput.targets());
    fields.readOnly(
        "id",
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
    if (isStranger(commonName.orNull(), given, usages.orElse(List.of(Usage.SERVER)))) {
      fields.refuse(
          "certificate.common-name",
          "commonName",
          "Give it among names, too, or leave it out: a server is known by its names.");
    }
    Renewal policy = renewal.orNull();
    Duration before = policy == null ? null : policy.before();
    if (before != null && before.compareTo(life.orElse(USUAL)) >= 0) {
      fields.refuse("certificate.renewal", "renewal", "Renew later: its life is not that long.");
    }
    return () ->
        new CertificateSpec(
            site.orNull(),
            name.get(),
            labels.orElse(Map.of()),
            issuer.get(),
            commonName.orNull(),
            names.get().stream().distinct().toList(),
            usages.orElse(List.of(Usage.SERVER)).stream().distinct().toList(),
            life.orElse(USUAL),
            key.orElse(new KeyPolicy(KeyAlgorithm.P256, Rotation.ALWAYS, null)),
            renewal.orElse(new Renewal(null, null, List.of())),
            alarm.orNull(),
            revoke.orElse(true),
            targets.orElse(List.of()));
  }

  /** Whether a server's common name is none of its names. A client's may be a user or a group. */
  private static boolean isStranger(
      @Nullable String commonName, @Nullable List<String> names, List<Usage> usages) {
    return commonName != null
        && names != null
        && usages.contains(Usage.SERVER)
        && names.stream().noneMatch(name -> SubjectName.parse(name).value().equals(commonName));
  }

  private static Supplier<KeyPolicy> key(Fields fields) {
    Value<KeyAlgorithm> algorithm = fields.optional("algorithm", Rules.oneOf(KeyAlgorithm.class));
    Value<Rotation> rotation = fields.optional("rotation", Rules.oneOf(Rotation.class));
    Value<Long> every = fields.optional("every", Rules.integer(1, 1000));
    if ((rotation.orNull() == Rotation.EVERY) != (every.orNull() != null)) {
      fields.refuse("key.every", "every", "Give it with rotation EVERY, and with no other.");
    }
    return () -> {
      Long count = every.orNull();
      return new KeyPolicy(
          algorithm.orElse(KeyAlgorithm.P256),
          rotation.orElse(Rotation.ALWAYS),
          count == null ? null : Math.toIntExact(count));
    };
  }

  private static Supplier<Renewal> renewal(Fields fields) {
    Value<Duration> before =
        fields.optional("before", Words.duration(Duration.ofMinutes(1), LONGEST));
    Value<Long> percent = fields.optional("percent", Rules.integer(1, 99));
    Value<List<Window>> windows =
        fields.optional(
            "windows", Rules.list(Rules.object(CertificateInput::window), MOST_WINDOWS));
    if (before.orNull() != null && percent.orNull() != null) {
      fields.refuse("renewal.policy", "percent", "Give before or percent, not both.");
    }
    return () -> {
      Long part = percent.orNull();
      return new Renewal(
          before.orNull(), part == null ? null : Math.toIntExact(part), windows.orElse(List.of()));
    };
  }

  private static Supplier<Window> window(Fields fields) {
    Value<List<DayOfWeek>> days =
        fields.optional("days", Rules.list(Rules.oneOf(DayOfWeek.class), 7));
    Value<String> from = fields.required("from", Rules.pattern(TIME, "Use a local time: 02:00."));
    Value<Duration> length = fields.required("length", Words.duration(Duration.ofMinutes(10), DAY));
    Value<String> zone =
        fields.optional(
            "zone",
            Words.parsed(
                text -> {
                  if (!ZoneId.getAvailableZoneIds().contains(text)) {
                    throw new IllegalArgumentException(text);
                  }
                  return text;
                },
                "Use a zone of the IANA database: UTC, Europe/Berlin."));
    return () ->
        new Window(
            days.orElse(List.of(DayOfWeek.values())), from.get(), length.get(), zone.orElse("UTC"));
  }

  private static Rule<String> subjectName() {
    return Words.parsed(
        text -> SubjectName.parse(text).toString(),
        "Use dns:h-1.edge.example, ip:192.0.2.7, uri:spiffe://edge/h-1 or email:noc@edge.example.");
  }
}
