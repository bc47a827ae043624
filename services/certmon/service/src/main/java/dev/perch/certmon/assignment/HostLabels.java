package dev.perch.certmon.assignment;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.certmon.host.KnownHosts.KnownHost;
import dev.perch.contract.certmon.CertificateRule;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.input.Place;
import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.page.LabelSelector;
import dev.perch.kit.web.page.LabelSelector.Absent;
import dev.perch.kit.web.page.LabelSelector.Exists;
import dev.perch.kit.web.page.LabelSelector.In;
import dev.perch.kit.web.page.LabelSelector.NotIn;
import dev.perch.kit.web.page.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts a rule means.
 *
 * @param site null for all sites
 * @param labels null for every host
 */
record HostLabels(@Nullable UUID site, @Nullable LabelSelector labels) {
  /** To inventory's selectors it is the name of the host's site, which is not known here. */
  private static final String SITE = "site";

  private static final int LONGEST = 1000;

  /** A text that is a selector of hosts' labels. */
  static Rule<String> rule() {
    Rule<LabelSelector> selector = LabelSelector.rule(LONGEST);
    return (node, at) -> {
      LabelSelector read = selector.read(node, at);
      if (read == null) {
        return null;
      }
      if (read.requirements().stream().anyMatch(one -> key(one).equals(SITE))) {
        at.refuse("selector.site", node, "Say siteId: a rule is for one site, or for all.");
        return null;
      }
      return node.textValue().strip();
    };
  }

  static HostLabels of(CertificateRule rule) {
    return of(rule.siteId(), rule.selector());
  }

  /** What was checked before. */
  static HostLabels of(@Nullable UUID site, @Nullable String selector) {
    if (selector == null) {
      return new HostLabels(site, null);
    }
    List<Violation> violations = new ArrayList<>();
    LabelSelector read =
        LabelSelector.rule(LONGEST).read(TextNode.valueOf(selector), new Place("", violations));
    return new HostLabels(site, Objects.requireNonNull(read, selector));
  }

  /** Not one that is gone, nor one whose labels are not known. */
  boolean match(KnownHost host) {
    Map<String, String> its = host.labels();
    return host.goneAt() == null
        && its != null
        && (site == null || site.equals(host.site()))
        && (labels == null || labels.matches(its));
  }

  private static String key(Requirement requirement) {
    return switch (requirement) {
      case In in -> in.key();
      case NotIn out -> out.key();
      case Exists any -> any.key();
      case Absent none -> none.key();
    };
  }
}
