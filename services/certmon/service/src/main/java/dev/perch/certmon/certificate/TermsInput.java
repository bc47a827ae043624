package dev.perch.certmon.certificate;

import dev.perch.certmon.rule.Words;
import dev.perch.contract.certmon.Certificate.KeyPolicy;
import dev.perch.contract.certmon.Certificate.Renewal;
import dev.perch.contract.certmon.Certificate.Rotation;
import dev.perch.contract.certmon.Certificate.Usage;
import dev.perch.contract.certmon.Certificate.Window;
import dev.perch.contract.certmon.KeyAlgorithm;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** How {@link Terms} come in: certificates and rules say them alike. */
public final class TermsInput {
  private static final int MOST_WINDOWS = 20;
  private static final Duration SHORTEST = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final Duration USUAL = Duration.ofDays(90);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

  private final Value<List<Usage>> usages;
  private final Value<Duration> life;
  private final Value<KeyPolicy> key;
  private final Value<Renewal> renewal;
  private final Value<Duration> alarm;

  private TermsInput(Fields fields) {
    usages = fields.optional("usages", Rules.list(Rules.oneOf(Usage.class), 2));
    life = fields.optional("life", Words.duration(SHORTEST, LONGEST));
    key = fields.optional("key", Rules.object(TermsInput::key));
    renewal = fields.optional("renewal", Rules.object(TermsInput::renewal));
    alarm =
        fields.optional("alarmBefore", Words.duration(Duration.ofMinutes(1), Duration.ofDays(366)));
  }

  /** Reads the fields {@code usages, life, key, renewal, alarmBefore} of an object. */
  public static TermsInput read(Fields fields) {
    TermsInput terms = new TermsInput(fields);
    Renewal policy = terms.renewal.orNull();
    Duration before = policy == null ? null : policy.before();
    if (before != null && before.compareTo(terms.life.orElse(USUAL)) >= 0) {
      fields.refuse("certificate.renewal", "renewal", "Renew later: its life is not that long.");
    }
    return terms;
  }

  /** What they are when all of them are right. */
  public Terms get() {
    return new Terms(
        usages().stream().distinct().toList(),
        life.orElse(USUAL),
        key.orElse(new KeyPolicy(KeyAlgorithm.P256, Rotation.ALWAYS, null)),
        renewal.orElse(new Renewal(null, null, List.of())),
        alarm.orNull());
  }

  /** As far as they were read. */
  List<Usage> usages() {
    return usages.orElse(List.of(Usage.SERVER));
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
        fields.optional("windows", Rules.list(Rules.object(TermsInput::window), MOST_WINDOWS));
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
}
