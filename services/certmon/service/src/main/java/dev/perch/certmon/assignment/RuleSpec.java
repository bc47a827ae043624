package dev.perch.certmon.assignment;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.perch.certmon.certificate.Terms;
import dev.perch.contract.certmon.Certificate;
import dev.perch.contract.certmon.CertificateRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says about a rule: everything of it that a patch may change, and the site, which
 * stays.
 */
record RuleSpec(
    @Nullable UUID siteId,
    String name,
    @Nullable String description,
    @Nullable String selector,
    Map<String, String> labels,
    UUID issuerId,
    List<String> names,
    List<Certificate.Usage> usages,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Duration life,
    Certificate.KeyPolicy key,
    Certificate.Renewal renewal,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Duration alarmBefore,
    CertificateRule.Folder target) {

  RuleSpec {
    labels = Map.copyOf(labels);
    names = List.copyOf(names);
    usages = List.copyOf(usages);
  }

  static RuleSpec of(CertificateRule rule) {
    return new RuleSpec(
        rule.siteId(),
        rule.name(),
        rule.description(),
        rule.selector(),
        rule.labels(),
        rule.issuerId(),
        rule.names(),
        rule.usages(),
        rule.life(),
        rule.key(),
        rule.renewal(),
        rule.alarmBefore(),
        rule.target());
  }

  HostLabels hosts() {
    return HostLabels.of(siteId, selector);
  }

  Terms terms() {
    return new Terms(usages, life, key, renewal, alarmBefore);
  }
}
