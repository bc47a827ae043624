package dev.perch.certmon.assignment;

import dev.perch.certmon.certificate.CertificateSpec;
import dev.perch.certmon.certificate.TargetInput;
import dev.perch.certmon.host.KnownHosts.KnownHost;
import dev.perch.certmon.issue.SubjectName;
import dev.perch.contract.certmon.CertificateRule;
import dev.perch.contract.certmon.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rule makes of a host. */
sealed interface Draft {
  /** Of a certificate: a DNS name's. */
  int LONGEST_NAME = 253;

  /** The certificate that is wanted. */
  record Fit(CertificateSpec spec) implements Draft {}

  /** No certificate can be wanted of it, and why. */
  record Unfit(String why) implements Draft {}

  /** Of a host that matches. */
  static Draft of(RuleSpec rule, KnownHost host) {
    if (name(rule, host).length() > LONGEST_NAME) {
      return new Unfit("the name " + name(rule, host) + " is too long");
    }
    try {
      List<String> names =
          rule.names().stream()
              .map(name -> SubjectName.parse(new Template(name).of(host)).toString())
              .distinct()
              .toList();
      CertificateRule.Folder folder = rule.target();
      return new Fit(
          CertificateSpec.of(
              host.site(),
              name(rule, host),
              rule.labels(),
              rule.issuerId(),
              null,
              names,
              rule.terms(),
              true,
              List.of(Target.of(TargetInput.on(host.id(), folder, probe(folder, host))))));
    } catch (IllegalArgumentException e) {
      return new Unfit(String.valueOf(e.getMessage()));
    }
  }

  /** Unique, as each of them is: a rule's name has no dot. */
  static String name(RuleSpec rule, KnownHost host) {
    return rule.name() + "." + host.name();
  }

  private static Target.@Nullable Probe probe(CertificateRule.Folder folder, KnownHost host) {
    Target.Probe probe = folder.probe();
    if (probe == null || probe.serverName() == null) {
      return probe;
    }
    return new Target.Probe(
        probe.address(),
        SubjectName.dns(new Template(probe.serverName()).of(host)).value(),
        probe.startTls());
  }
}
